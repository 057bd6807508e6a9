#include "catalogue/assistant/tokens.h"

#include "base/strings.h"
#include "catalogue/assistant/folded_words.h"

namespace fragua::catalogue::assistant {

namespace {

struct Letter {
  char32_t code = 0;
  std::size_t bytes = 1;
};

// Of valid UTF-8; a byte that is none counts as a sign.
Letter letter_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t bytes = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (bytes == 1 || at + bytes > text.size()) return {lead, 1};
  char32_t code = lead & (0x7F >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  return {code, bytes};
}

bool is_digit(char32_t code) { return code >= '0' && code <= '9'; }

bool is_letter(char32_t code) {
  if (code < 0x80) return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
  if (code < 0x250) return code >= 0xC0 && code != 0xD7 && code != 0xF7;
  return (code >= 0x250 && code < 0x2000) || (code >= 0x2C00 && code < 0x2E00) || (code >= 0x3040 && code < 0xE000) || (code >= 0xF900 && code < 0xFE00) || code >= 0x20000;
}

// Scripts without small letters count as large: what they write is a name until the data say so.
bool is_large(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z';
  if (code < 0x100) return code < 0xDF;
  if (code < 0x180) return code % 2 == 0;
  if (code >= 0x370 && code < 0x400) return code < 0x3AC;
  if (code >= 0x400 && code < 0x460) return code < 0x430;
  return code >= 0x530;
}

bool opens(std::string_view sign) {
  for (const std::string_view opening : {".", "!", "?", ":", "«", "\"", "“", "¡", "¿", "-", "•", "*", "\n", ";"})
    if (sign == opening) return true;
  return false;
}

// Digits, and a point, comma or colon between digits.
std::size_t number_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (is_digit(static_cast<unsigned char>(text[at]))) ++at;
    else if (std::string_view(".,:").find(text[at]) != std::string_view::npos && at + 1 < text.size() && is_digit(static_cast<unsigned char>(text[at + 1]))) ++at;
    else break;
  }
  return at;
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const auto letter = letter_at(text, at);
    if (!is_letter(letter.code) && !is_digit(letter.code)) break;
    at += letter.bytes;
  }
  return at;
}

}  // namespace

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  bool is_spaced = true;
  bool is_initial = true;
  for (std::size_t at = 0; at < text.size();) {
    const auto letter = letter_at(text, at);
    if (letter.code == ' ' || letter.code == '\t' || letter.code == '\r' || letter.code == 0xA0 || letter.code == 0x202F) {
      at += letter.bytes;
      is_spaced = true;
      continue;
    }
    Token token;
    std::size_t end = at + letter.bytes;
    if (is_digit(letter.code)) {
      token.kind = Token::Kind::number;
      end = number_end(text, at);
    } else if (is_letter(letter.code)) {
      token.kind = Token::Kind::word;
      end = word_end(text, at);
      token.is_capital = is_large(letter.code);
    }
    token.text = std::string(text.substr(at, end - at));
    token.folded = token.kind == Token::Kind::word ? join(folded_words(token.text), "") : token.text;
    token.is_joined = !is_spaced;
    token.is_initial = is_initial;
    if (token.kind == Token::Kind::sign) is_initial = is_initial || opens(token.text);
    else is_initial = false;
    tokens.push_back(std::move(token));
    is_spaced = false;
    at = end;
  }
  return tokens;
}

}  // namespace fragua::catalogue::assistant
