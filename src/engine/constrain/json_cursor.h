// JsonCursor: where in a JSON text one stands, as far as strings are concerned: in one or not, since where, and how
// many characters of it there are. Callers: vocabulary_tables, string_rules, missing. Threads: plain data. Never checks
// that the text is JSON.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fragua::engine {

struct JsonCursor {
  std::size_t offset = 0;        // bytes read
  std::size_t string_start = 0;  // of the string's text, after its quote
  bool in_string = false;
  std::uint8_t escape = 0;       // 1: after a backslash; 2-5: hexadecimal digits to come, plus one
  std::uint16_t escaped = 0;     // \u's value so far
  std::uint32_t characters = 0;  // of the string; the two escapes of a surrogate pair count as two
  std::uint32_t pairs = 0;       // of those, how many are second halves

  // The least the string's length may be counted as.
  std::uint32_t fewest_characters() const { return characters - pairs; }

  void read(char byte);
  void read(std::string_view text) {
    for (char byte : text) read(byte);
  }

 private:
  void read_in_string(char byte);
};

}  // namespace fragua::engine
