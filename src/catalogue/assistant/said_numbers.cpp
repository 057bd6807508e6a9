#include "catalogue/assistant/said_numbers.h"

#include <charconv>
#include <optional>
#include <utility>

#include "catalogue/assistant/folded_words.h"
#include "catalogue/question/number_words.h"

namespace fragua::catalogue::assistant {

namespace {

std::optional<double> plain(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Groups of three digits behind each sign: thousands.
bool has_groups(const std::string& text) {
  const auto first = text.find_first_of(".,");
  if (first == std::string::npos || first > 3) return false;
  for (auto at = first; at < text.size(); at += 4)
    if ((text[at] != '.' && text[at] != ',') || text.find_first_of(".,", at + 1) < at + 4 || text.size() < at + 4) return false;
  return true;
}

std::vector<double> readings_of(std::string text) {
  std::vector<double> readings;
  if (has_groups(text)) {
    auto joined = text;
    std::erase(joined, '.');
    std::erase(joined, ',');
    if (const auto value = plain(joined)) readings.push_back(*value);
  }
  // The last sign is the decimal one: "1.200,50".
  const auto last = text.find_last_of(".,");
  if (last != std::string::npos) {
    auto whole = text.substr(0, last);
    std::erase(whole, '.');
    std::erase(whole, ',');
    text = whole + "." + text.substr(last + 1);
  }
  if (const auto value = plain(text)) readings.push_back(*value);
  return readings;
}

bool is_currency(const Token& token) {
  if (token.kind == Token::Kind::sign) return token.text == "€" || token.text == "$" || token.text == "£";
  return token.kind == Token::Kind::word && says({token.folded}, "euro | euros | eur | dollar | dollars | dolar* | usd | pound | pounds | libra | libras | gbp | reais | eurs");
}

class NumberReader {
 public:
  explicit NumberReader(std::vector<Token>& tokens) : tokens_(tokens) {}

  std::vector<SaidNumber> read() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (tokens_[at].is_used) continue;
      if (tokens_[at].kind == Token::Kind::number) read_digits(at);
      else if (tokens_[at].kind == Token::Kind::word) read_words(at);
    }
    std::size_t last = 0;
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      numbers_[i].after = std::exchange(last, numbers_[i].end);
      numbers_[i].until = i + 1 < numbers_.size() ? begins_[i + 1] : tokens_.size();
    }
    return std::move(numbers_);
  }

 private:
  bool is_word(std::size_t at, std::string_view pattern) const { return at < tokens_.size() && tokens_[at].kind == Token::Kind::word && says({tokens_[at].folded}, pattern); }

  void read_digits(std::size_t at) {
    SaidNumber number;
    number.text = tokens_[at].text;
    number.is_time = number.text.find(':') != std::string::npos;
    if (number.is_time) number.readings.push_back(0);
    else number.readings = readings_of(number.text);
    finish(std::move(number), at, at + 1);
  }

  void read_words(std::size_t at) {
    std::vector<std::string> words;
    for (auto i = at; i < tokens_.size() && !tokens_[i].is_used; ++i) {
      const bool is_hyphen = tokens_[i].text == "-" && tokens_[i].is_joined;
      if (tokens_[i].kind != Token::Kind::word && !is_hyphen) break;
      // A hyphen joins as "y" does: "sixty-seven".
      words.push_back(is_hyphen ? "y" : tokens_[i].folded);
    }
    const auto spelled = spelled_number(words);
    if (!spelled) return;
    SaidNumber number;
    number.readings.push_back(double(spelled->value));
    for (auto i = at; i < at + spelled->words; ++i) number.text += (number.text.empty() ? "" : " ") + tokens_[i].text;
    finish(std::move(number), at, at + spelled->words);
  }

  bool is_share(std::size_t at) const {
    if (at < tokens_.size() && tokens_[at].text == "%") return true;
    return is_word(at, "percent") || (is_word(at, "por | per") && is_word(at + 1, "ciento | cent | cento"));
  }

  void finish(SaidNumber number, std::size_t begin, std::size_t end) {
    for (auto at = begin; at < end; ++at) tokens_[at].is_used = true;
    number.is_price = (begin > 0 && is_currency(tokens_[begin - 1])) || (end < tokens_.size() && is_currency(tokens_[end]));
    number.is_share = is_share(end);
    for (auto at = end; number.is_share && at < tokens_.size() && at < end + 2; ++at) tokens_[at].is_used = true;
    if (!number.is_price && is_word(end, "h | hs | hrs | horas | hores")) number.is_time = true;
    number.end = end;
    begins_.push_back(begin);
    numbers_.push_back(std::move(number));
  }

  std::vector<Token>& tokens_;
  std::vector<SaidNumber> numbers_;
  std::vector<std::size_t> begins_;
};

}  // namespace

std::vector<SaidNumber> take_numbers(std::vector<Token>& tokens) { return NumberReader(tokens).read(); }

}  // namespace fragua::catalogue::assistant
