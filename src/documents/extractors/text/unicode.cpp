#include "documents/extractors/text/unicode.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "base/strings.h"

namespace fragua::documents::extractors {

namespace {

constexpr UChar32 kSoftHyphen = 0xAD;

// Calls each(code) for every code point.
template <class Each>
void for_each_code(std::string_view text, Each each) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = std::int64_t(text.size());
  for (std::int64_t i = 0; i < length;) {
    UChar32 code = 0;
    U8_NEXT(bytes, i, length, code);
    each(code < 0 ? UChar32(0xFFFD) : code);
  }
}

bool is_dropped(UChar32 code) {
  const bool direction = (code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069);
  return code == kSoftHyphen || code == 0xFEFF || direction || (u_iscntrl(code) && !u_isUWhiteSpace(code));
}

UChar32 first_code(std::string_view text) {
  UChar32 code = 0xFFFD;
  if (text.empty()) return code;
  std::int64_t i = 0;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), i, std::int64_t(text.size()), code);
  return code < 0 ? 0xFFFD : code;
}

}  // namespace

void append_utf8(std::string& out, std::uint32_t code) {
  char bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  UBool failed = false;
  U8_APPEND(bytes, length, U8_MAX_LENGTH, UChar32(code), failed);
  if (failed) {
    out += "\xEF\xBF\xBD";
  } else {
    out.append(bytes, std::size_t(length));
  }
}

std::string tidy_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for_each_code(text, [&](UChar32 code) {
    if (is_dropped(code)) return;
    if (u_isUWhiteSpace(code)) {
      space = true;
      return;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    append_utf8(out, std::uint32_t(code));
  });
  return out;
}

std::string tidy_lines(std::string_view text) {
  std::string out;
  bool gap = false;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = tidy_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) {
      gap = !out.empty();
      continue;
    }
    if (!out.empty()) out += gap ? "\n\n" : "\n";
    gap = false;
    out += line;
  }
  return out;
}

std::string tidy_code(std::string_view text) {
  std::string out;
  for_each_code(text, [&](UChar32 code) {
    if (code == '\n' || code == '\t' || !is_dropped(code)) {
      if (code != '\r') append_utf8(out, std::uint32_t(code));
    }
  });
  const auto first = out.find_first_not_of('\n');
  if (first == std::string::npos) return "";
  out.erase(0, first);
  out.erase(out.find_last_not_of(" \t\n") + 1);
  return out;
}

void for_each_word(std::string_view text, const std::function<void(const std::string&)>& each) {
  std::string word;
  for_each_code(text, [&](UChar32 code) {
    if (u_isalpha(code)) {
      append_utf8(word, std::uint32_t(u_tolower(code)));
    } else if (!word.empty()) {
      each(word);
      word.clear();
    }
  });
  if (!word.empty()) each(word);
}

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool inside = false;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    words += !space && !inside;
    inside = !space;
  }
  return words;
}

std::size_t count_characters(std::string_view text) {
  return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool starts_with_lowercase(std::string_view text) { return u_islower(first_code(text)); }
bool starts_with_uppercase(std::string_view text) { return u_isupper(first_code(text)); }

bool ends_with_letter(std::string_view text) {
  if (text.empty()) return false;
  auto i = std::int32_t(std::min<std::size_t>(text.size(), 8));
  text.remove_prefix(text.size() - std::size_t(i));
  UChar32 code = 0;
  U8_PREV(reinterpret_cast<const std::uint8_t*>(text.data()), 0, i, code);
  return code > 0 && u_isalpha(code);
}

std::string lowercase_unicode(std::string_view text) {
  std::string out;
  for_each_code(text, [&](UChar32 code) { append_utf8(out, std::uint32_t(u_tolower(code))); });
  return out;
}

std::string uppercase_unicode(std::string_view text) {
  std::string out;
  for_each_code(text, [&](UChar32 code) { append_utf8(out, std::uint32_t(u_toupper(code))); });
  return out;
}

}  // namespace fragua::documents::extractors
