#include "catalogue/code_points.h"

#include <unicode/utf8.h>

#include <algorithm>

namespace fragua::catalogue {

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    UChar32 code = 0;
    U8_NEXT_OR_FFFD(text.data(), at, text.size(), code);
    out += char32_t(code);
  }
  return out;
}

std::string utf8_of(std::u32string_view text) {
  std::string out;
  for (const char32_t code : text) {
    char bytes[U8_MAX_LENGTH];
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, code);
    out.append(bytes, length);
  }
  return out;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace fragua::catalogue
