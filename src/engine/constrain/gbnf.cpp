#include "engine/constrain/gbnf.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "base/error.h"
#include "engine/constrain/codepoints.h"
#include "engine/constrain/ebnf.h"

namespace fragua::engine {
namespace {

constexpr int kDepthMax = 64;
constexpr int kRepeatMax = 2000;
// A class of many characters that is counted costs a state per count, each checked against the vocabulary.
constexpr int kWideRepeatMax = 64;
constexpr int kWideCharacters = 1000;

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

class Translator {
 public:
  Translator(std::string_view text, const GbnfContext& context) : text_(text), rest_(text), context_(context) {}

  std::string translate() {
    skip(true);
    if (rest_.empty()) invalid("the grammar is empty");
    while (!rest_.empty()) rule();
    if (!defined_.contains("root")) throw Error(ErrorCode::invalid_argument, "grammar: there is no rule \"root\"");
    for (const auto& [name, line] : used_)
      if (!defined_.contains(name))
        throw Error(ErrorCode::invalid_argument,
                    "grammar, line " + std::to_string(line) + ": the rule \"" + name + "\" is not defined");
    return std::move(result_);
  }

 private:
  std::size_t line() const {
    return 1 + std::size_t(std::count(text_.begin(), text_.end() - std::ptrdiff_t(rest_.size()), '\n'));
  }
  [[noreturn]] void invalid(const std::string& what) const {
    throw Error(ErrorCode::invalid_argument, "grammar, line " + std::to_string(line()) + ": " + what);
  }
  [[noreturn]] void unsupported(const std::string& what) const {
    throw Error(ErrorCode::unsupported, "grammar, line " + std::to_string(line()) + ": " + what);
  }
  char peek(std::size_t ahead = 0) const { return ahead < rest_.size() ? rest_[ahead] : '\0'; }
  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  void skip(bool over_lines) {
    while (!rest_.empty()) {
      if (peek() == '#')
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      else if (peek() == ' ' || peek() == '\t' || (over_lines && (peek() == '\n' || peek() == '\r')))
        rest_.remove_prefix(1);
      else
        return;
    }
  }

  std::string name() {
    const auto length = std::size_t(std::find_if_not(rest_.begin(), rest_.end(), is_name_letter) - rest_.begin());
    if (length == 0) invalid("a rule's name is expected");
    std::string result(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return result;
  }
  // Out of the way of xgrammar's own words.
  static std::string written(const std::string& name) { return name == "root" ? name : "r_" + name; }

  void rule() {
    const std::string rule_name = name();
    skip(false);
    if (!take("::=")) invalid("\"::=\" is expected after \"" + rule_name + "\"");
    if (!defined_.insert(rule_name).second) invalid("the rule \"" + rule_name + "\" is defined twice");
    result_ += written(rule_name) + " ::=";
    skip(true);
    alternatives(0);
    result_ += '\n';
    skip(false);
    if (!rest_.empty() && peek() != '\n' && peek() != '\r') invalid(std::string("unexpected '") + peek() + "'");
    skip(true);
  }

  void alternatives(int depth) {
    if (depth > kDepthMax) invalid("groups nested too deeply");
    sequence(depth);
    while (take("|")) {
      result_ += " |";
      skip(true);
      sequence(depth);
    }
  }

  // Whether the next line begins another rule.
  bool at_end_of_rule() {
    const auto before = rest_;
    skip(false);
    if (peek() != '\n' && peek() != '\r') return rest_.empty();
    skip(true);
    const auto here = rest_;
    std::size_t length = 0;
    while (is_name_letter(peek(length))) ++length;
    rest_.remove_prefix(length);
    skip(false);
    const bool begins_rule = rest_.empty() || (length > 0 && rest_.starts_with("::="));
    // An alternative may go on on the next line, a sequence outside of a group may not.
    rest_ = !begins_rule && here.starts_with("|") ? here : before;
    return !here.starts_with("|");
  }

  void sequence(int depth) {
    bool is_empty = true;
    while (true) {
      skip(depth > 0);
      if (depth == 0 && at_end_of_rule()) break;
      skip(depth > 0);
      if (rest_.empty() || peek() == '|' || peek() == ')') break;
      element(depth);
      is_empty = false;
    }
    if (is_empty) result_ += " \"\"";
  }

  void element(int depth) {
    is_wide_ = false;
    const bool is_literal = peek() == '"';
    if (take("(")) {
      result_ += " (";
      skip(true);
      alternatives(depth + 1);
      skip(true);
      if (!take(")")) invalid("a ( without its )");
      result_ += " )";
    } else if (is_literal) {
      rest_.remove_prefix(1);
      literal();
    } else if (take("[")) {
      bracket();
    } else if (take(".")) {
      set(CodepointSet::all());
    } else if (peek() == '<' || rest_.starts_with("!<")) {
      token();
    } else if (is_name_letter(peek())) {
      const std::string used = name();
      used_.emplace(used, line());
      result_ += " " + written(used);
    } else {
      invalid(std::string("unexpected '") + peek() + "'");
    }
    quantifier();
  }

  void quantifier() {
    if (peek() == '*' || peek() == '+' || peek() == '?') {
      result_ += peek();
      rest_.remove_prefix(1);
      return;
    }
    if (!take("{")) return;
    const int least = number().value_or(0);
    std::optional<int> most = least;
    skip(false);
    if (take(",")) most = number();
    skip(false);
    if (!take("}")) invalid("a { without its }");
    if (most && *most < least) invalid("a count whose end is before its beginning");
    const int limit = is_wide_ ? kWideRepeatMax : kRepeatMax;
    if (std::max(least, most.value_or(0)) > limit)
      unsupported("a count over " + std::to_string(limit) + (is_wide_ ? " of a class of many characters" : ""));
    result_ += "{" + std::to_string(least) + "," + (most ? std::to_string(*most) : "") + "}";
  }

  std::optional<int> number() {
    skip(false);
    int value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc()) return std::nullopt;
    rest_.remove_prefix(std::size_t(end - rest_.data()));
    return value;
  }

  Codepoint character() {
    if (!take("\\")) return take_codepoint(rest_);
    const char kind = peek();
    if (!rest_.empty()) rest_.remove_prefix(1);
    switch (kind) {
      case 'x':
        return hexadecimal(2);
      case 'u':
        return hexadecimal(4);
      case 'U':
        return hexadecimal(8);
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case '"':
      case '\\':
      case '[':
      case ']':
      case '-':
      case '/':
      case '^':
      case '\'':
      case '.':
      case '$':
        return Codepoint(kind);
      default:
        invalid(std::string("the unknown escape \\") + kind);
    }
  }
  Codepoint hexadecimal(std::size_t count) {
    Codepoint value = 0;
    const auto digits = rest_.substr(0, count);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc() || end != digits.data() + count || value > kCodepointMax) invalid("a broken escape");
    rest_.remove_prefix(count);
    return value;
  }

  void literal() {
    std::string value;
    while (!rest_.empty() && peek() != '"') {
      if (peek() == '\n') invalid("a \" without its end");
      append_utf8(value, character());
    }
    if (!take("\"")) invalid("a \" without its end");
    const std::string grouped = with_tokens(value);
    result_ += " " + grouped;
  }

  // A literal in which some texts are one token each.
  std::string with_tokens(std::string_view value) const {
    std::size_t first = std::string_view::npos;
    std::string_view found;
    for (const auto& preserved : context_.preserved) {
      const auto at = preserved.empty() ? value.npos : value.find(preserved);
      if (at < first && context_.token_of(preserved)) first = at, found = preserved;
    }
    if (first == std::string_view::npos) return ebnf_literal(value);
    std::string result = "(";
    if (first > 0) result += ebnf_literal(value.substr(0, first)) + " ";
    result += "Token(" + std::to_string(*context_.token_of(found)) + ")";
    const auto after = value.substr(first + found.size());
    if (!after.empty()) result += " " + with_tokens(after);
    return result + ")";
  }

  void bracket() {
    const bool inverted = take("^");
    CodepointSet characters;
    while (!rest_.empty() && peek() != ']') {
      const Codepoint first = character();
      Codepoint last = first;
      if (peek() == '-' && peek(1) != ']') {
        rest_.remove_prefix(1);
        last = character();
        if (last < first) invalid("a range whose end is before its beginning");
      }
      characters.add(first, last);
    }
    if (!take("]")) invalid("a [ without its ]");
    set(inverted ? characters.inverted() : characters);
  }

  void set(const CodepointSet& characters) {
    if (characters.empty()) invalid("a class that no character belongs to");
    std::size_t count = 0;
    for (auto range : characters.ranges()) count += range.last - range.first + 1;
    is_wide_ = count > kWideCharacters;
    result_ += " " + ebnf_class(characters);
  }

  void token() {
    const bool inverted = take("!");
    const auto end = rest_.find('>');
    if (end == std::string_view::npos) invalid("a < without its >");
    const auto whole = rest_.substr(0, end + 1);
    rest_.remove_prefix(end + 1);
    std::optional<Token> id;
    if (whole.size() > 4 && whole[1] == '[') {
      Token value = -1;
      const auto digits = whole.substr(2, whole.size() - 4);
      const auto [last, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
      if (error == std::errc() && last == digits.data() + digits.size() && value >= 0 && value < context_.token_count)
        id = value;
    } else {
      id = context_.token_of(whole);
    }
    if (!id) invalid("\"" + std::string(whole) + "\" is not one token of this model");
    result_ += std::string(inverted ? " ExcludeToken(" : " Token(") + std::to_string(*id) + ")";
  }

  std::string_view text_;
  std::string_view rest_;
  const GbnfContext& context_;
  std::string result_;
  std::set<std::string> defined_;
  std::map<std::string, std::size_t> used_;  // and the line
  bool is_wide_ = false;                     // the last element is a class of many characters
};

}  // namespace

std::string ebnf_of_gbnf(std::string_view gbnf, const GbnfContext& context) {
  return Translator(gbnf, context).translate();
}

}  // namespace fragua::engine
