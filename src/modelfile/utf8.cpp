#include "modelfile/utf8.h"

#include "base/strings.h"

namespace fragua::modelfile {

void append_utf8(char32_t code, std::string& out) {
  if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = kReplacementCharacter;
  const auto put = [&](char32_t byte) { out += char(byte); };
  const auto put_rest = [&](int shift) { put(0x80 | (code >> shift & 0x3F)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put_rest(6);
  } else {
    put(0xF0 | code >> 18);
    put_rest(12);
    put_rest(6);
  }
  put_rest(0);
}

std::u32string code_points(std::string_view text) {
  const std::string valid = sanitized_utf8(text);
  std::u32string codes;
  for (const char c : valid) {
    const auto byte = std::uint8_t(c);
    const bool continues = (byte & 0xC0) == 0x80;
    if (continues)
      codes.back() = codes.back() << 6 | (byte & 0x3F);
    else
      codes.push_back(byte < 0x80 ? byte : byte < 0xE0 ? byte & 0x1F : byte < 0xF0 ? byte & 0x0F : byte & 0x07);
  }
  return codes;
}

}  // namespace fragua::modelfile
