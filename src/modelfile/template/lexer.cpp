#include "modelfile/template/lexer.h"

#include <algorithm>
#include <cstdint>

#include "modelfile/template/nodes.h"
#include "modelfile/utf8.h"

namespace fragua::modelfile {

namespace {

constexpr std::string_view kSpace = " \t\r\n";

bool is_space(char c) { return kSpace.find(c) != std::string_view::npos; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) {
  return c == '_' || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::uint8_t(c) >= 0x80;
}

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  std::vector<Token> lex() {
    while (lex_text()) lex_action();
    push(TokenKind::end, source_.size(), "");
    return std::move(tokens_);
  }

 private:
  // Up to the next action, without what the trim markers around take away. False at the end of the source.
  bool lex_text() {
    const std::size_t start = at_;
    const std::size_t open = std::min(source_.find("{{", start), source_.size());
    std::string_view text = source_.substr(start, open - start);
    if (trim_next_) text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
    const bool trims = open + 3 < source_.size() && source_[open + 2] == '-' && is_space(source_[open + 3]);
    if (trims) text = text.substr(0, text.find_last_not_of(kSpace) + 1);
    if (!text.empty()) push(TokenKind::text, start, std::string(text));
    if (open == source_.size()) return false;
    action_ = open;
    at_ = open + (trims ? 4 : 2);
    return true;
  }

  void lex_action() {
    if (source_.substr(at_).starts_with("/*")) return skip_comment();
    push(TokenKind::action_start, action_, "");
    while (!lex_end()) lex_token();
    push(TokenKind::action_end, at_ - 2, "");
  }

  void skip_comment() {
    const auto end = source_.find("*/", at_ + 2);
    if (end == std::string_view::npos) fail(action_, "this comment does not end");
    at_ = end + 2;
    if (!lex_end()) fail(action_, "a comment must fill its action");
  }

  // `}}` or ` -}}`.
  bool lex_end() {
    const std::size_t start = at_;
    at_ = std::min(source_.find_first_not_of(kSpace, at_), source_.size());
    spaced_ = at_ > start;
    if (at_ == source_.size()) fail(action_, "this action does not end");
    trim_next_ = spaced_ && source_.substr(at_).starts_with("-}}");
    if (!trim_next_ && !source_.substr(at_).starts_with("}}")) return false;
    at_ += trim_next_ ? 3 : 2;
    return true;
  }

  void lex_token() {
    const char c = source_[at_];
    const char next = at_ + 1 < source_.size() ? source_[at_ + 1] : '\0';
    if (c == '"' || c == '`') return lex_quoted(c);
    if (c == '\'') return lex_character();
    if (is_digit(c) || ((c == '-' || c == '+' || c == '.') && is_digit(next))) return lex_number();
    if (c == '.') return is_word(next) ? lex_word(TokenKind::field, 1) : lex_symbol(TokenKind::dot, 1);
    if (c == '$') return lex_word(TokenKind::variable, 0);
    if (is_word(c)) return lex_word(TokenKind::identifier, 0);
    if (c == ':' && next == '=') return lex_symbol(TokenKind::symbol, 2);
    if (std::string_view("|(),=").find(c) != std::string_view::npos) return lex_symbol(TokenKind::symbol, 1);
    fail(at_, std::string("unexpected '") + c + "' in action");
  }

  void lex_symbol(TokenKind kind, std::size_t size) {
    push(kind, at_, std::string(source_.substr(at_, size)));
    at_ += size;
  }

  // `skipped`: the dot of a field. The first character is taken as it is: a letter or the $ of a variable.
  void lex_word(TokenKind kind, std::size_t skipped) {
    std::size_t end = at_ + skipped + 1;
    while (end < source_.size() && is_word(source_[end])) ++end;
    push(kind, at_, std::string(source_.substr(at_ + skipped, end - at_ - skipped)));
    at_ = end;
  }

  void lex_number() {
    std::size_t end = at_ + 1;
    const auto continues = [&](char c) {
      const bool exponent_sign = (c == '-' || c == '+') && (source_[end - 1] == 'e' || source_[end - 1] == 'E');
      return is_word(c) || c == '.' || exponent_sign;
    };
    while (end < source_.size() && continues(source_[end])) ++end;
    push(TokenKind::number, at_, std::string(source_.substr(at_, end - at_)));
    at_ = end;
  }

  void lex_quoted(char quote) {
    const std::size_t start = at_++;
    std::string text;
    while (true) {
      if (at_ >= source_.size() || (quote == '"' && source_[at_] == '\n')) fail(start, "this quoted text does not end");
      if (source_[at_] == quote) break;
      if (quote == '"' && source_[at_] == '\\')
        unescape(text);
      else
        text += source_[at_++];
    }
    ++at_;
    push(TokenKind::quoted, start, std::move(text));
  }

  // 'a' is a number in Go; templates hardly use it.
  void lex_character() {
    const std::size_t start = at_++;
    std::string text;
    while (at_ < source_.size() && source_[at_] != '\'' && source_[at_] != '\n') {
      if (source_[at_] == '\\')
        unescape(text);
      else
        text += source_[at_++];
    }
    const auto codes = code_points(text);
    if (at_ >= source_.size() || source_[at_] != '\'' || codes.size() != 1) fail(start, "malformed character constant");
    ++at_;
    push(TokenKind::number, start, std::to_string(codes[0]));
  }

  void unescape(std::string& out) {
    static constexpr std::string_view kLetters = "abfnrtv\\'\"";
    static constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\'\"";
    const std::size_t start = at_++;
    const char c = at_ < source_.size() ? source_[at_++] : '\0';
    const auto plain = kLetters.find(c);
    if (plain != std::string_view::npos)
      out += kMeanings[plain];
    else if (c == 'x')
      out += char(digits(start, 2, 16));
    else if (c == 'u')
      append_utf8(digits(start, 4, 16), out);
    else if (c == 'U')
      append_utf8(digits(start, 8, 16), out);
    else if (c >= '0' && c <= '7')
      out += char(digits(start, (--at_, 3), 8));
    else
      fail(start, "unknown escape in quoted text");
  }

  std::uint32_t digits(std::size_t start, int count, int base) {
    std::uint32_t value = 0;
    for (; count > 0; --count, ++at_) {
      const char c = at_ < source_.size() ? source_[at_] : '\0';
      const int digit = is_digit(c)            ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : 99;
      if (digit >= base) fail(start, "malformed escape in quoted text");
      value = value * std::uint32_t(base) + std::uint32_t(digit);
    }
    return value;
  }

  void push(TokenKind kind, std::size_t offset, std::string text) {
    tokens_.push_back({kind, std::move(text), offset, spaced_});
  }
  [[noreturn]] void fail(std::size_t offset, const std::string& message) const { fail_at(source_, offset, message); }

  std::string_view source_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::size_t action_ = 0;
  bool trim_next_ = false;
  bool spaced_ = false;
};

}  // namespace

std::vector<Token> lex_template(std::string_view source) { return Lexer(source).lex(); }

}  // namespace fragua::modelfile
