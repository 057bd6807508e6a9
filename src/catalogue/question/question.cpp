#include "catalogue/question/question.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/strings.h"
#include "search/words.h"

namespace fragua::catalogue {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// One character that is not ASCII: its code point and how many bytes it has.
struct Character {
  char32_t point = 0;
  std::size_t bytes = 1;
};

Character character_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (bytes == 1 || at + bytes > text.size()) return {0xFFFD, 1};
  char32_t point = lead & (0xFF >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0) != 0x80) return {0xFFFD, 1};
    point = (point << 6) | (next & 0x3F);
  }
  return {point, bytes};
}

bool is_separator(char32_t point) {
  return point < 0xAA || point == 0xAB || point == 0xB4 || point == 0xBB || point == 0xBF || (point >= 0x2000 && point <= 0x206F) ||
         (point >= 0x20A0 && point <= 0x20CF) || (point >= 0x2190 && point <= 0x2BFF) || point == 0x3000 || point == 0xFFFD || point >= 0x1F000;
}

// "30,50" and "30.5" are fractions, "1.200" is a thousand and more; "15/3" and "21:30" are no numbers.
std::optional<double> number_of(std::string_view digits) {
  std::string plain;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (is_digit(digits[i])) {
      plain += digits[i];
    } else if (digits[i] != '.' && digits[i] != ',') {
      return std::nullopt;
    } else if (const auto next = digits.find_first_of(".,", i + 1); next != std::string_view::npos || digits.size() - i - 1 == 3) {
      continue;
    } else {
      plain += '.';
    }
  }
  double number = 0;
  const auto [end, problem] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  if (problem != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  return number;
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  std::vector<Token> cut() {
    while (at_ < text_.size() && tokens_.size() < kQuestionMaxWords) {
      const char c = text_[at_];
      if (is_digit(c)) {
        number();
      } else if (is_letter(c) || (static_cast<unsigned char>(c) >= 0x80 && !is_separator(character_at(text_, at_).point))) {
        word();
      } else {
        sign();
      }
    }
    return std::move(tokens_);
  }

 private:
  void add(std::string word, std::size_t begin, std::optional<double> number = std::nullopt) {
    if (word.empty()) return;
    tokens_.push_back({std::move(word), begin, at_, number, std::exchange(is_broken_, false)});
  }

  void number() {
    const auto begin = at_;
    const auto digits = [&] {
      while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
    };
    digits();
    const auto goes_on = [&](std::string_view signs) {
      return at_ + 1 < text_.size() && signs.find(text_[at_]) != std::string_view::npos && is_digit(text_[at_ + 1]);
    };
    // A hyphen belongs to a day (2026-03-15); two numbers with one between them are a range.
    const auto rest = text_.substr(at_, text_.find_first_not_of("0123456789-", at_) - at_);
    const bool is_day = std::count(rest.begin(), rest.end(), '-') == 2;
    while (goes_on(is_day ? "-" : ".,/:")) {
      ++at_;
      digits();
    }
    const auto raw = text_.substr(begin, at_ - begin);
    add(std::string(raw), begin, number_of(raw));
    if (!goes_on("-")) return;
    ++at_;
    add("-", at_ - 1);
  }

  void word() {
    const auto begin = at_;
    bool is_ascii = true;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_letter(c) || is_digit(c)) {
        ++at_;
        continue;
      }
      if (static_cast<unsigned char>(c) < 0x80) break;
      const auto character = character_at(text_, at_);
      if (is_separator(character.point)) break;
      at_ += character.bytes;
      is_ascii = false;
    }
    const auto raw = text_.substr(begin, at_ - begin);
    add(is_ascii ? lowercase(raw) : folded(raw), begin);
  }

  static std::string folded(std::string_view raw) {
    std::string all;
    for (const auto& word : search::words_of(raw))
      for (const auto& part : word.parts) all += search::without_accents(part);
    return all;
  }

  void sign() {
    const auto begin = at_;
    const auto character = static_cast<unsigned char>(text_[at_]) < 0x80 ? Character{char32_t(text_[at_]), 1} : character_at(text_, at_);
    at_ += character.bytes;
    switch (character.point) {
      case U'<':
      case U'>': add(std::string(1, text_[begin]), begin); break;
      case U'$': add("$", begin); break;
      case U'€': add("€", begin); break;
      case U'£': add("£", begin); break;
      case U',':
      case U';':
      case U'.':
      case U':':
      case U'?':
      case U'!':
      case U'(':
      case U')':
      case U'\n': is_broken_ = true; break;
      default: break;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  bool is_broken_ = false;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view text) { return Cutter(text).cut(); }

Question::Question(std::string_view text) {
  text = text.substr(0, kQuestionMaxBytes);
  text_ = sanitized_utf8(text.substr(0, complete_utf8_length(text)));
  tokens_ = tokens_of(text_);
  taken_.assign(tokens_.size(), false);
}

bool Question::says(std::size_t at, std::string_view words) const {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (word(at++) != words.substr(0, end)) return false;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return true;
}

bool Question::is_free(Span span) const {
  for (auto at = span.first; at < span.last; ++at)
    if (!is_free(at)) return false;
  return true;
}

void Question::take(Span span) {
  for (auto at = span.first; at < span.last && at < taken_.size(); ++at) taken_[at] = true;
}

std::string Question::text_of(Span span) const {
  if (span.first >= span.last || span.last > tokens_.size()) return "";
  const auto begin = tokens_[span.first].begin;
  return text_.substr(begin, tokens_[span.last - 1].end - begin);
}

}  // namespace fragua::catalogue
