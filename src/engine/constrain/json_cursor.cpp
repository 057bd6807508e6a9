#include "engine/constrain/json_cursor.h"

namespace fragua::engine {
namespace {

std::uint16_t hexadecimal(char c) { return std::uint16_t(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); }

}  // namespace

void JsonCursor::read(char byte) {
  ++offset;
  if (in_string) {
    read_in_string(byte);
  } else if (byte == '"') {
    *this = {.offset = offset, .string_start = offset, .in_string = true};
  }
}

void JsonCursor::read_in_string(char byte) {
  if (escape == 1) {
    escape = byte == 'u' ? 5 : 0;
    escaped = 0;
  } else if (escape > 1) {
    escaped = std::uint16_t(escaped << 4 | hexadecimal(byte));
    if (--escape == 1) {
      escape = 0;
      if (escaped >= 0xDC00 && escaped <= 0xDFFF) ++pairs;
    }
  } else if (byte == '"') {
    in_string = false;
  } else {
    if (byte == '\\') escape = 1;
    if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) ++characters;
  }
}

}  // namespace fragua::engine
