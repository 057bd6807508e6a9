#include "catalogue/sources/escapes.h"

#include <unicode/utf8.h>

namespace fragua::catalogue {

namespace {

constexpr int kHighSurrogate = 0xD800, kLowSurrogate = 0xDC00, kAfterSurrogates = 0xE000;

int hex_value(int c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Up to `digits_max` digits of a number to the base 8 or 16; how many there were in `digits`.
std::uint32_t take_digits(TextReader& reader, std::size_t digits_max, int base, std::size_t& digits) {
  std::uint32_t value = 0;
  for (digits = 0; digits < digits_max; ++digits) {
    const int digit = hex_value(reader.peek());
    if (digit < 0 || digit >= base) break;
    value = value * std::uint32_t(base) + std::uint32_t(digit);
    reader.skip(1);
  }
  return value;
}

std::string utf8_of(std::uint32_t code) {
  std::string out(U8_MAX_LENGTH, '\0');
  std::size_t length = 0;
  U8_APPEND_UNSAFE(out.data(), length, code);
  out.resize(length);
  return out;
}

std::uint32_t take_code(TextReader& reader, std::size_t digits_wanted) {
  const auto at = reader.position();
  std::size_t digits = 0;
  const auto code = take_digits(reader, digits_wanted, 16, digits);
  if (digits != digits_wanted || code > 0x10FFFF) fail_at(at, "\\u and \\U need the 4 or 8 digits of a character");
  return code;
}

// \uXXXX and \UXXXXXXXX; beyond the first 65,536 also as two surrogates.
std::string take_unicode(TextReader& reader, std::size_t digits) {
  const auto at = reader.position();
  auto code = take_code(reader, digits);
  if (code >= kHighSurrogate && code < kAfterSurrogates) {
    const bool second = code < kLowSurrogate && reader.take() == '\\' && reader.take() == 'u';
    const auto low = second ? take_code(reader, 4) : 0;
    if (low < kLowSurrogate || low >= kAfterSurrogates) fail_at(at, "\\u names half a character");
    code = 0x10000 + ((code - kHighSurrogate) << 10) + (low - kLowSurrogate);
  }
  return utf8_of(code);
}

}  // namespace

std::string take_escape(TextReader& reader, SqlEscapes kind) {
  const int c = reader.peek();
  if (c == TextReader::kEnd) return "\\";
  std::size_t digits = 0;
  if (c >= '0' && c <= '7') return std::string(1, char(take_digits(reader, 3, 8, digits)));
  reader.skip(1);
  switch (c) {
    case 'b': return "\b";
    case 'f': return "\f";
    case 'n': return "\n";
    case 'r': return "\r";
    case 't': return "\t";
    case 'v': return kind == SqlEscapes::copy ? "\v" : "v";
    case 'u':
    case 'U':
      if (kind == SqlEscapes::copy) break;
      return take_unicode(reader, c == 'u' ? 4 : 8);
    case 'x': {
      const auto value = take_digits(reader, 2, 16, digits);
      return digits == 0 ? "x" : std::string(1, char(value));
    }
  }
  return std::string(1, char(c));
}

}  // namespace fragua::catalogue
