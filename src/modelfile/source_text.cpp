#include "modelfile/source_text.h"

#include <cstdint>

#include "base/strings.h"
#include "modelfile/utf8.h"

namespace fragua::modelfile {

namespace {

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

std::string utf8_from_utf16(std::string_view bytes, bool big_endian) {
  const auto unit_at = [&](std::size_t at) -> char32_t {
    if (at + 1 >= bytes.size()) return kReplacementCharacter;
    const auto first = std::uint8_t(bytes[at]);
    const auto second = std::uint8_t(bytes[at + 1]);
    return char32_t(big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t code = unit_at(at);
    if (is_high_surrogate(code) && is_low_surrogate(unit_at(at + 2))) {
      code = 0x10000 + ((code - 0xD800) << 10) + (unit_at(at + 2) - 0xDC00);
      at += 2;
    }
    append_utf8(code, out);
  }
  return out;
}

std::string utf8_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return utf8_from_utf16(bytes.substr(2), false);
  if (bytes.starts_with("\xFE\xFF")) return utf8_from_utf16(bytes.substr(2), true);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return sanitized_utf8(bytes);
}

}  // namespace

std::string plain_text(std::string_view bytes) {
  std::string text = utf8_text(bytes);
  std::size_t kept = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    const bool ends_line = c == '\r';
    if (ends_line && at + 1 < text.size() && text[at + 1] == '\n') continue;
    if (ends_line) c = '\n';
    const bool is_control = (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == 127;
    if (!is_control) text[kept++] = c;
  }
  text.resize(kept);
  return text;
}

}  // namespace fragua::modelfile
