#include "engine/constrain/regex.h"

#include <algorithm>
#include <string>

#include "base/error.h"

namespace fragua::engine {
namespace {

constexpr int kDepthMax = 64;
constexpr int kRepeatMax = 10000;

const CodepointSet& digits() {
  static const CodepointSet set{{'0', '9'}};
  return set;
}
const CodepointSet& word() {
  static const CodepointSet set{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}};
  return set;
}
const CodepointSet& space() {
  static const CodepointSet set{{'\t', '\r'},     {' ', ' '},       {0xA0, 0xA0},     {0x1680, 0x1680},
                                {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F},
                                {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
  return set;
}
CodepointSet dot() { return CodepointSet{{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}}.inverted(); }

Regex of_set(CodepointSet set) {
  Regex regex;
  regex.kind = Regex::Kind::set;
  regex.set = std::move(set);
  return regex;
}

class Parser {
 public:
  Parser(std::string_view text, bool searched) : text_(text), rest_(text), searched_(searched) {}

  Regex parse() {
    if (rest_.starts_with("(?i)")) unsupported("flags such as (?i)");
    Regex regex = choice(0);
    if (!rest_.empty()) invalid("an unmatched ')'");
    return regex;
  }

 private:
  [[noreturn]] void invalid(const std::string& what) const {
    throw Error(ErrorCode::invalid_argument, "the expression \"" + std::string(text_) + "\" has " + what +
                                                 " at character " + std::to_string(text_.size() - rest_.size() + 1));
  }
  [[noreturn]] void unsupported(const std::string& what) const {
    throw Error(ErrorCode::unsupported,
                "the expression \"" + std::string(text_) + "\" uses " + what + ", which Fragua does not support");
  }
  bool take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  Regex choice(int depth) {
    if (depth > kDepthMax) invalid("groups nested too deeply");
    std::vector<Regex> parts{sequence(depth)};
    while (take("|")) parts.push_back(sequence(depth));
    return parts.size() == 1 ? std::move(parts[0]) : regex_choice(std::move(parts));
  }

  Regex sequence(int depth) {
    Regex result;
    bool begins = false, ends = false;
    while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      if (ends) unsupported("text after $");
      if (take("$")) {
        if (depth > 0) unsupported("$ inside a group");
        ends = true;
      } else if (take("^")) {
        if (depth > 0) unsupported("^ inside a group");
        if (!result.parts.empty()) unsupported("text before ^");
        begins = true;
      } else {
        result.parts.push_back(quantified(depth));
      }
    }
    if (searched_ && begins && !ends) result.parts.push_back(regex_any_text());
    if (searched_ && ends && !begins) result.parts.insert(result.parts.begin(), regex_any_text());
    return result;
  }

  Regex quantified(int depth) {
    Regex regex = atom(depth);
    int least = 1, most = 1;
    if (take("*")) {
      least = 0, most = Regex::kUnlimited;
    } else if (take("+")) {
      most = Regex::kUnlimited;
    } else if (take("?")) {
      least = 0;
    } else if (!counts(least, most)) {
      return regex;
    }
    take("?");  // lazy or greedy, the same texts match
    if (!rest_.empty() && (rest_[0] == '*' || rest_[0] == '+' || rest_[0] == '?')) invalid("nothing to repeat");
    return regex_repeat(std::move(regex), least, most);
  }

  bool counts(int& least, int& most) {
    const auto before = rest_;
    if (!take("{")) return false;
    const auto number = [&](int& value) {
      value = 0;
      const auto start = rest_;
      while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
        value = std::min(kRepeatMax + 1, value * 10 + (rest_[0] - '0'));
        rest_.remove_prefix(1);
      }
      return rest_.size() != start.size();
    };
    if (!number(least)) {
      rest_ = before;
      return false;  // a brace that stands for itself is taken by atom()
    }
    most = least;
    if (take(",") && !number(most)) most = Regex::kUnlimited;
    if (!take("}")) invalid("a count without its }");
    if (std::max(least, most) > kRepeatMax) unsupported("a count over " + std::to_string(kRepeatMax));
    if (most != Regex::kUnlimited && most < least) invalid("a count whose end is before its beginning");
    return true;
  }

  Regex atom(int depth) {
    if (take("(")) return group(depth);
    if (take("[")) return of_set(bracket());
    if (take(".")) return of_set(dot());
    if (take("\\")) return of_set(escape(false));
    if (rest_[0] == '*' || rest_[0] == '+' || rest_[0] == '?') invalid("nothing to repeat");
    const Codepoint codepoint = take_codepoint(rest_);
    return of_set({{codepoint, codepoint}});
  }

  Regex group(int depth) {
    if (take("?")) {
      if (take("<") && rest_.find('>') != std::string_view::npos && rest_[0] != '=' && rest_[0] != '!')
        rest_.remove_prefix(rest_.find('>') + 1);  // a name
      else if (!take(":"))
        unsupported("look-around or flags");
    }
    Regex regex = choice(depth + 1);
    if (!take(")")) invalid("a ( without its )");
    return regex;
  }

  CodepointSet bracket() {
    const bool inverted = take("^");
    CodepointSet set;
    while (!rest_.empty() && rest_[0] != ']') {
      CodepointSet first = member();
      const bool is_range = rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']';
      if (!is_range) {
        set.add(first);
        continue;
      }
      rest_.remove_prefix(1);
      const CodepointSet last = member();
      if (first.empty() || last.empty()) invalid("a range that ends in a surrogate");
      const Codepoint low = first.ranges()[0].first, high = last.ranges()[0].first;
      if (low != first.ranges()[0].last || high != last.ranges()[0].last) invalid("a range between classes");
      if (low > high) invalid("a range whose end is before its beginning");
      set.add(low, high);
    }
    if (!take("]")) invalid("a [ without its ]");
    return inverted ? set.inverted() : set;
  }

  CodepointSet member() {
    if (rest_.empty()) invalid("a [ without its ]");
    if (take("\\")) return escape(true);
    const Codepoint codepoint = take_codepoint(rest_);
    return {{codepoint, codepoint}};
  }

  CodepointSet escape(bool in_bracket) {
    if (rest_.empty()) invalid("a \\ at its end");
    const char kind = rest_[0];
    if (static_cast<unsigned char>(kind) >= 0x80) {
      const Codepoint codepoint = take_codepoint(rest_);
      return {{codepoint, codepoint}};
    }
    rest_.remove_prefix(1);
    switch (kind) {
      case 'd':
        return digits();
      case 'D':
        return digits().inverted();
      case 'w':
        return word();
      case 'W':
        return word().inverted();
      case 's':
        return space();
      case 'S':
        return space().inverted();
      case 'n':
        return {{'\n', '\n'}};
      case 'r':
        return {{'\r', '\r'}};
      case 't':
        return {{'\t', '\t'}};
      case 'f':
        return {{'\f', '\f'}};
      case 'v':
        return {{'\v', '\v'}};
      case '0':
        return {{0, 0}};
      case 'x':
        return hexadecimal(2);
      case 'u':
        return hexadecimal(4);
      case 'b':
        if (in_bracket) return {{'\b', '\b'}};
        unsupported("\\b (word boundary)");
      case 'B':
        unsupported("\\B (no word boundary)");
      case 'p':
      case 'P':
        unsupported("\\p (Unicode properties)");
      case 'k':
        unsupported("a back-reference");
      default:
        break;
    }
    if (kind >= '1' && kind <= '9') unsupported("a back-reference");
    if (word().contains(Codepoint(kind))) invalid(std::string("the unknown escape \\") + kind);
    return {{Codepoint(kind), Codepoint(kind)}};
  }

  CodepointSet hexadecimal(int count) {
    const bool braces = count == 4 && take("{");
    Codepoint value = 0;
    int read = 0;
    while (!rest_.empty() && (braces ? read < 6 : read < count)) {
      const char c = rest_[0];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) break;
      value = value * 16 + Codepoint(digit);
      rest_.remove_prefix(1);
      ++read;
    }
    if (read == 0 || (!braces && read != count) || (braces && !take("}")) || value > kCodepointMax)
      invalid("a broken escape");
    return {{value, value}};
  }

  std::string_view text_;
  std::string_view rest_;
  bool searched_;
};

}  // namespace

Regex parse_regex(std::string_view text, bool searched) { return Parser(text, searched).parse(); }

Regex regex_of_literal(std::string_view text) {
  Regex result;
  while (!text.empty()) {
    const Codepoint codepoint = take_codepoint(text);
    result.parts.push_back(of_set({{codepoint, codepoint}}));
  }
  return result;
}

Regex regex_choice(std::vector<Regex> parts) {
  Regex regex;
  regex.kind = Regex::Kind::choice;
  regex.parts = std::move(parts);
  return regex;
}

Regex regex_repeat(Regex part, int least, int most) {
  Regex regex;
  regex.kind = Regex::Kind::repeat;
  regex.parts.push_back(std::move(part));
  regex.least = least;
  regex.most = most;
  return regex;
}

Regex regex_any_text(int least, int most) { return regex_repeat(of_set(CodepointSet::all()), least, most); }

}  // namespace fragua::engine
