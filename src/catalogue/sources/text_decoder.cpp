#include "catalogue/sources/text_decoder.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::catalogue {

namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kSampleBytes = 4096;

// UTF-16 without a mark: nearly every second byte is zero.
std::string by_null_bytes(std::string_view head) {
  const auto sample = head.substr(0, kSampleBytes);
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < sample.size(); ++i)
    if (sample[i] == 0) ++(i % 2 == 0 ? even : odd);
  const auto pairs = sample.size() / 2;
  if (pairs < 4) return "";
  if (odd * 10 > pairs * 7 && even * 20 < pairs) return "UTF-16LE";
  if (even * 10 > pairs * 7 && odd * 20 < pairs) return "UTF-16BE";
  return "";
}

std::size_t mark_length(std::string_view bytes) {
  if (bytes.starts_with(kUtf8Mark)) return kUtf8Mark.size();
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ? 2 : 0;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using IcuConverter = std::unique_ptr<UConverter, CloseConverter>;

IcuConverter open_converter(const std::string& encoding) {
  UErrorCode failed = U_ZERO_ERROR;
  IcuConverter converter(ucnv_open(encoding.c_str(), &failed));
  if (U_FAILURE(failed))
    throw Error(ErrorCode::unsupported, "the encoding \"" + encoding + "\" is not known: name it as IANA does, like windows-1252");
  return converter;
}

}  // namespace

std::string marked_encoding(std::string_view head) {
  if (head.starts_with(kUtf8Mark)) return "UTF-8";
  if (head.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (head.starts_with("\xFE\xFF")) return "UTF-16BE";
  return by_null_bytes(head);
}

// One of ICU's converters to UTF-8, with what it keeps from block to block.
class TextDecoder::Converter {
 public:
  explicit Converter(const std::string& encoding) : from_(open_converter(encoding)), to_(open_converter("UTF-8")) {}

  void convert(std::string_view bytes, bool last, std::string& out) {
    const char* source = bytes.data();
    std::array<char, 32 << 10> block;
    UErrorCode result = U_BUFFER_OVERFLOW_ERROR;
    while (result == U_BUFFER_OVERFLOW_ERROR) {
      result = U_ZERO_ERROR;
      char* target = block.data();
      ucnv_convertEx(to_.get(), from_.get(), &target, block.data() + block.size(), &source, bytes.data() + bytes.size(),
                     pivot_.data(), &pivot_source_, &pivot_target_, pivot_.data() + pivot_.size(), false, last, &result);
      out.append(block.data(), target);
    }
    // What is cut off at the end of everything is the only thing that the converters complain about.
    if (U_FAILURE(result)) out += kReplacement;
  }

 private:
  IcuConverter from_, to_;
  std::array<UChar, 16 << 10> pivot_;
  UChar* pivot_source_ = pivot_.data();
  UChar* pivot_target_ = pivot_.data();
};

TextDecoder::TextDecoder(const std::string& encoding, Noted noted) : noted_(std::move(noted)), assumes_utf8_(encoding.empty()) {
  if (!encoding.empty() && !equal_ignoring_case(encoding, "utf-8")) converter_ = std::make_unique<Converter>(encoding);
}

TextDecoder::~TextDecoder() = default;

void TextDecoder::note(std::string what) const {
  if (noted_) noted_(std::move(what));
}

void TextDecoder::begin(std::string_view& bytes) {
  begun_ = true;
  const auto marked = marked_encoding(bytes);
  if (assumes_utf8_ && !marked.empty() && marked != "UTF-8") {
    converter_ = std::make_unique<Converter>(marked);
    note("read as " + marked);
  }
  // A mark that contradicts the encoding that was asked for is text.
  if (!converter_ || !marked.empty()) bytes.remove_prefix(mark_length(bytes));
}

std::string TextDecoder::decode(std::string_view bytes, bool last) {
  if (!begun_) begin(bytes);
  if (!converter_) return decode_utf8(bytes, last);
  std::string out;
  converter_->convert(bytes, last, out);
  return out;
}

std::string TextDecoder::decode_utf8(std::string_view bytes, bool last) {
  const std::string block = std::exchange(cut_off_, "") + std::string(bytes);
  const auto whole = last ? block.size() : complete_utf8_length(block);
  cut_off_ = block.substr(whole);
  std::string out;
  out.reserve(whole);
  std::size_t kept = 0;
  for (std::size_t at = 0; at < whole;) {
    if (static_cast<unsigned char>(block[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto start = at;
    UChar32 code = 0;
    U8_NEXT(block.data(), at, whole, code);
    beyond_ascii_ |= code >= 0;
    if (code >= 0) continue;
    out.append(block, kept, start - kept);
    if (assumes_utf8_ && !beyond_ascii_) {
      converter_ = std::make_unique<Converter>("windows-1252");
      note("read as Windows-1252: some of its bytes are not UTF-8");
      converter_->convert(std::string_view(block).substr(start), last, out);
      cut_off_.clear();
      return out;
    }
    out += kReplacement;
    ++damaged_;
    kept = at = start + 1;
  }
  out.append(block, kept, whole - kept);
  if (last && damaged_ > 0) note(fmt::format("{} bytes are not UTF-8: their characters are lost (U+FFFD)", damaged_));
  return out;
}

}  // namespace fragua::catalogue
