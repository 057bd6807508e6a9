#include "documents/extractors/text/charset.h"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "base/strings.h"
#include "documents/extractors/language.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kSampleBytes = 256 << 10;

struct Mark {
  std::string_view bytes;
  const char* encoding;
};
constexpr Mark kMarks[] = {{"\xEF\xBB\xBF", "UTF-8"}, {{"\xFF\xFE\0\0", 4}, "UTF-32LE"}, {"\xFF\xFE", "UTF-16LE"}, {"\xFE\xFF", "UTF-16BE"}};

struct CloseDetector {
  void operator()(uchardet_t detector) const { uchardet_delete(detector); }
};
struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// UTF-16 without a mark: nearly every second byte is zero. "" if it is not that.
std::string utf16_without_mark(std::string_view bytes) {
  const auto sample = bytes.substr(0, std::min<std::size_t>(bytes.size(), 4096));
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (sample[i] == 0) ++(i % 2 == 0 ? even : odd);
  }
  const auto half = sample.size() / 2;
  if (half < 4) return "";
  if (odd * 10 > half * 7 && even * 20 < half) return "UTF-16LE";
  if (even * 10 > half * 7 && odd * 20 < half) return "UTF-16BE";
  return "";
}

std::string detected(std::string_view bytes) {
  const std::unique_ptr<std::remove_pointer_t<uchardet_t>, CloseDetector> detector(uchardet_new());
  const auto sample = bytes.substr(0, kSampleBytes);
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return "";
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

// Nothing where ICU does not know the encoding.
std::string converted(std::string_view bytes, const std::string& encoding) {
  UErrorCode failed = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(encoding.c_str(), &failed));
  if (U_FAILURE(failed)) return "";
  const icu::UnicodeString text(bytes.data(), std::int32_t(bytes.size()), converter.get(), failed);
  std::string out;
  text.toUTF8String(out);
  return out;
}

// What the web calls Latin-1 is Windows-1252.
std::string usable_name(std::string_view declared) {
  auto name = lowercase(trimmed(declared));
  if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii") name = "windows-1252";
  return name;
}

// Of a short text in one of the alphabets of Western Europe the detector often takes a neighbour's.
std::string western(std::string_view bytes, const std::string& seen) {
  if (!seen.starts_with("iso-8859-") && !seen.starts_with("windows-125")) return seen;
  const bool known = !guess_language(converted(bytes.substr(0, kSampleBytes), "windows-1252")).empty();
  return known ? "windows-1252" : seen;
}

}  // namespace

std::string decode_text(std::string_view bytes, std::string_view declared) {
  for (const auto& mark : kMarks)
    if (bytes.starts_with(mark.bytes)) {
      bytes.remove_prefix(mark.bytes.size());
      return std::string_view(mark.encoding) == "UTF-8" ? sanitized_utf8(bytes) : converted(bytes, mark.encoding);
    }
  if (const auto wide = utf16_without_mark(bytes); !wide.empty()) return converted(bytes, wide);
  // Hardly anything but UTF-8 is valid UTF-8: that counts for more than a declaration.
  if (is_valid_utf8(bytes)) return std::string(bytes);
  const auto seen = western(bytes, usable_name(detected(bytes)));
  for (const auto& name : {usable_name(declared), seen, std::string("windows-1252")}) {
    if (name == "utf-8" && seen == name) return sanitized_utf8(bytes);
    if (name.empty() || name == "utf-8") continue;
    if (auto text = converted(bytes, name); !text.empty()) return text;
  }
  return sanitized_utf8(bytes);
}

bool looks_like_text(std::string_view bytes) {
  const auto sample = bytes.substr(0, 64 << 10);
  for (const auto& mark : kMarks)
    if (sample.starts_with(mark.bytes)) return true;
  if (!utf16_without_mark(sample).empty()) return true;
  const auto odd = std::count_if(sample.begin(), sample.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != '\b' && byte != 0x1B;
  });
  return sample.find('\0') == std::string_view::npos && std::size_t(odd) * 100 <= sample.size();
}

}  // namespace fragua::documents::extractors
