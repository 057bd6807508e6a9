#include "catalogue/sources/sql_lexer.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "catalogue/sources/escapes.h"

namespace fragua::catalogue {

namespace {

bool is_space(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(int c) { return c >= '0' && c <= '9'; }
bool is_letter(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80; }
bool is_word_part(int c) { return is_letter(c) || is_digit(c) || c == '$'; }

std::string shown(const SqlToken& token) {
  constexpr std::size_t kShownMax = 40;
  switch (token.kind) {
    case SqlKind::end: return "the end of the file";
    case SqlKind::text: return "a string";
    case SqlKind::command: return "a backslash";
    default: return "\"" + token.text.substr(0, kShownMax) + "\"";
  }
}

}  // namespace

const SqlToken& SqlLexer::peek() {
  if (!ready_) read_token();
  ready_ = true;
  return token_;
}

SqlToken SqlLexer::take() {
  peek();
  ready_ = false;
  return std::move(token_);
}

bool SqlLexer::take_word(std::string_view word) {
  if (!peek().is_word(word)) return false;
  ready_ = false;
  return true;
}

bool SqlLexer::take_sign(std::string_view sign) {
  if (!peek().is_sign(sign)) return false;
  ready_ = false;
  return true;
}

void SqlLexer::fail_expected(std::string_view what) { fail_at(peek().at, fmt::format("{} is expected, not {}", what, shown(token_))); }

void SqlLexer::require_word(std::string_view word) {
  if (!take_word(word)) fail_expected(word);
}

void SqlLexer::require_sign(std::string_view sign) {
  if (!take_sign(sign)) fail_expected(fmt::format("\"{}\"", sign));
}

std::string SqlLexer::require_name() {
  if (!peek().is_name()) fail_expected("a name");
  return take().text;
}

// As psql finds the end of a statement: no `;` in brackets counts, nor one between the BEGIN and the END of a function's body.
void SqlLexer::skip_statement() {
  keeps_ = false;
  const auto begin = peek().at;
  std::int64_t brackets = 0, bodies = 0;
  for (auto token = take(); !(token.is_sign(";") && brackets <= 0 && bodies == 0); token = take()) {
    if (token.kind == SqlKind::end) fail_at(begin, "a statement begins here and never ends: the file is cut off");
    if (token.is_sign("(")) ++brackets;
    if (token.is_sign(")")) --brackets;
    if (token.is_word("begin") && peek().is_word("atomic")) ++bodies;
    if (token.is_word("case") && bodies > 0) ++bodies;
    if (token.is_word("end") && bodies > 0) --bodies;
  }
  keeps_ = true;
}

void SqlLexer::append(std::string_view text) {
  if (!keeps_) return;
  if (token_.text.size() + text.size() > kCellMaxBytes)
    fail_at(token_.at, fmt::format("a value is longer than {} MiB", kCellMaxBytes >> 20));
  token_.text += text;
}

void SqlLexer::read_token() {
  token_.text.clear();
  token_.kind = SqlKind::sign;
  while (true) {
    skip_space();
    token_.at = reader_.position();
    const int c = reader_.peek();
    if (c == TextReader::kEnd) return void(token_.kind = SqlKind::end);
    if (is_letter(c)) return read_word();
    if (is_digit(c)) return read_number();
    reader_.skip(1);
    const int next = reader_.peek();
    if (c == '-' && next == '-') {
      reader_.take_until("\n", nullptr);
    } else if (c == '/' && next == '*') {
      skip_block_comment();
    } else if (c == '\'') {
      token_.kind = SqlKind::text;
      return backslash_escapes_ ? read_escaped() : read_quoted('\'');
    } else if (c == '"') {
      token_.kind = SqlKind::name;
      return read_quoted('"');
    } else if (c == '$') {
      return read_dollar();
    } else if (c == '\\') {
      return read_command();
    } else {
      token_.text = char(c);
      if (c == ':' && next == ':') token_.text += char(reader_.take());
      if (c == '.' && is_digit(next)) read_number();
      return;
    }
  }
}

void SqlLexer::skip_space() {
  while (is_space(reader_.peek())) reader_.skip(1);
}

// They nest. The reader stands on the `*` of the first.
void SqlLexer::skip_block_comment() {
  reader_.skip(1);
  for (std::size_t depth = 1; depth > 0;) {
    reader_.take_until("*/", nullptr);
    const int c = reader_.take();
    if (c == TextReader::kEnd) fail_at(token_.at, "a comment begins here and never ends");
    const int other = c == '*' ? '/' : '*';
    if (reader_.peek() != other) continue;
    reader_.skip(1);
    c == '*' ? --depth : ++depth;
  }
}

void SqlLexer::read_word() {
  token_.kind = SqlKind::word;
  std::string word;
  for (int c = reader_.peek(); is_word_part(c); c = reader_.peek()) {
    word += char(reader_.take());
    if (word.size() > kCellMaxBytes) fail_at(token_.at, "a name is too long");
  }
  token_.text = lowercase(word);
  if (reader_.peek() == '&' && token_.text == "u") fail_at(token_.at, "what begins with U& is not read: write it without");
  if (reader_.peek() == '\'' && token_.text.size() == 1) read_prefixed();
}

// E'…', B'…', X'…', N'…'. A longer word before a string is a type.
void SqlLexer::read_prefixed() {
  const char prefix = token_.text.front();
  if (std::string_view("ebxn").find(prefix) == std::string_view::npos) return;
  reader_.skip(1);
  token_.kind = SqlKind::text;
  token_.text.clear();
  prefix == 'e' || backslash_escapes_ ? read_escaped() : read_quoted('\'');
}

void SqlLexer::read_number() {
  token_.kind = SqlKind::number;
  for (int c = reader_.peek(); is_word_part(c) || c == '.'; c = reader_.peek()) {
    const char digit = char(reader_.take());
    append({&digit, 1});
    const bool exponent = digit == 'e' || digit == 'E';
    if (exponent && (reader_.peek() == '-' || reader_.peek() == '+')) {
      const char sign = char(reader_.take());
      append({&sign, 1});
    }
  }
}

// The reader stands behind the first quote. Two quotes are one.
void SqlLexer::read_quoted(char quote) {
  while (true) {
    reader_.take_until({&quote, 1}, kept());
    if (reader_.take() == TextReader::kEnd) fail_at(token_.at, "a quote opens here and is never closed");
    if (reader_.peek() != quote) return;
    reader_.skip(1);
    append({&quote, 1});
  }
}

void SqlLexer::read_escaped() {
  while (true) {
    reader_.take_until("'\\", kept());
    const int c = reader_.take();
    if (c == TextReader::kEnd) fail_at(token_.at, "a quote opens here and is never closed");
    if (c == '\\') {
      append(take_escape(reader_, SqlEscapes::string));
    } else if (reader_.peek() == '\'') {
      reader_.skip(1);
      append("'");
    } else {
      break;
    }
  }
  if (keeps_ && !is_valid_utf8(token_.text)) token_.text = sanitized_utf8(token_.text);
}

// The tag of $tag$, its last `$` taken. False: it is none.
bool SqlLexer::read_tag(std::string& tag) {
  constexpr std::size_t kTagMaxBytes = 256;
  while (is_letter(reader_.peek()) || is_digit(reader_.peek())) {
    if (tag.size() >= kTagMaxBytes) fail_at(token_.at, "the tag of a dollar quote is too long");
    tag += char(reader_.take());
  }
  if (reader_.peek() != '$') return false;
  reader_.skip(1);
  return true;
}

void SqlLexer::read_dollar() {
  std::string tag;
  if (!read_tag(tag)) return void(token_.text = "$" + tag);
  token_.kind = SqlKind::text;
  while (true) {
    reader_.take_until("$", kept());
    if (reader_.take() == TextReader::kEnd) fail_at(token_.at, "a dollar quote opens here and is never closed");
    // A `$` that ends no tag may begin the one that does.
    for (std::string other; true; other.clear()) {
      const bool is_tag = read_tag(other);
      if (is_tag && other == tag) return;
      append("$" + other);
      if (!is_tag) break;
    }
  }
}

void SqlLexer::read_command() {
  token_.kind = SqlKind::command;
  reader_.take_until("\n", kept());
}

}  // namespace fragua::catalogue
