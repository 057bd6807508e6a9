#include "catalogue/assistant/said_dates.h"

#include <chrono>
#include <map>

#include "catalogue/assistant/folded_words.h"

namespace fragua::catalogue::assistant {

namespace {

using Names = std::map<std::string, int, std::less<>>;

const Names& months() {
  static const Names names = [] {
    Names made;
    for (std::size_t tongue = 0; tongue < kTongues; ++tongue)
      for (int month = 1; month <= 12; ++month)
        for (const auto& word : folded_words(month_name(month, Tongue(tongue)))) made.emplace(word, month);
    made.emplace("setiembre", 9);
    return made;
  }();
  return names;
}

const Names& weekdays() {
  static const Names names{
      {"domingo", 0}, {"sunday", 0}, {"diumenge", 0}, {"domingos", 0},
      {"lunes", 1}, {"monday", 1}, {"dilluns", 1},
      {"martes", 2}, {"tuesday", 2}, {"dimarts", 2},
      {"miercoles", 3}, {"wednesday", 3}, {"dimecres", 3},
      {"jueves", 4}, {"thursday", 4}, {"dijous", 4},
      {"viernes", 5}, {"friday", 5}, {"divendres", 5},
      {"sabado", 6}, {"saturday", 6}, {"dissabte", 6}, {"sabados", 6}};
  return names;
}

std::optional<int> named(const Names& names, const Token& token) {
  if (token.kind != Token::Kind::word) return std::nullopt;
  const auto found = names.find(token.folded);
  if (found == names.end()) return std::nullopt;
  return found->second;
}

// "may" and "march" are verbs too.
std::optional<int> month_of(const Token& token) {
  if (!token.is_capital && (token.folded == "may" || token.folded == "march")) return std::nullopt;
  return named(months(), token);
}

class DateReader {
 public:
  explicit DateReader(std::vector<Token>& tokens) : tokens_(tokens) {}

  std::vector<SaidDate> read() {
    for (std::size_t at = 0; at < tokens_.size(); ++at) {
      if (tokens_[at].is_used) continue;
      if (read_iso(at) || read_slashes(at)) continue;
      if (const auto month = month_of(tokens_[at])) read_month(at, *month);
      if (const auto weekday = named(weekdays(), tokens_[at])) read_weekday(at, *weekday);
    }
    return std::move(dates_);
  }

 private:
  std::optional<int> integer(std::size_t at, int max) const {
    if (at >= tokens_.size() || tokens_[at].kind != Token::Kind::number || tokens_[at].is_used || tokens_[at].text.size() > 4) return std::nullopt;
    int value = 0;
    for (const char c : tokens_[at].text) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    if (value == 0 || value > max) return std::nullopt;
    return value;
  }
  std::optional<int> year(std::size_t at) const {
    const auto value = integer(at, 2999);
    return value && *value >= 1900 ? value : std::nullopt;
  }
  bool is_sign(std::size_t at, std::string_view sign) const { return at < tokens_.size() && tokens_[at].text == sign; }
  bool is_word(std::size_t at, std::string_view pattern) const { return at < tokens_.size() && tokens_[at].kind == Token::Kind::word && says({tokens_[at].folded}, pattern); }

  void keep(SaidDate date, std::size_t begin, std::size_t end) {
    for (auto at = begin; at < end; ++at) {
      tokens_[at].is_used = true;
      date.text += (date.text.empty() ? "" : " ") + tokens_[at].text;
    }
    dates_.push_back(std::move(date));
  }

  bool read_iso(std::size_t at) {
    const auto y = year(at);
    if (!y || !is_sign(at + 1, "-") || !is_sign(at + 3, "-")) return false;
    const auto month = integer(at + 2, 12);
    const auto day = integer(at + 4, 31);
    if (!month || !day) return false;
    keep({{*y, *month, *day}, false, {}, ""}, at, at + 5);
    return true;
  }

  bool read_slashes(std::size_t at) {
    const auto day = integer(at, 31);
    if (!day || at + 2 >= tokens_.size()) return false;
    const auto sign = tokens_[at + 1].text;
    const auto month = integer(at + 2, 31);
    if ((sign != "/" && sign != "-") || !month) return false;
    const bool has_year = is_sign(at + 3, sign) && year(at + 4);
    if (sign == "-" && !has_year) return false;
    keep({{has_year ? *year(at + 4) : 0, *month, *day}, true, {}, ""}, at, at + (has_year ? 5 : 3));
    return true;
  }

  // The day before it ("18 de enero", "18th of January") or behind ("January 18th"), then the year.
  void read_month(std::size_t at, int month) {
    std::size_t begin = at;
    std::size_t end = at + 1;
    int day = 0;
    if (const auto before = day_before(at)) {
      day = *integer(*before, 31);
      begin = *before;
    } else if (const auto behind = integer(end, 31)) {
      day = *behind;
      ++end;
      if (is_word(end, "st | nd | rd | th")) ++end;
    }
    auto after = end;
    while (is_word(after, "de | del | of | do") || is_sign(after, ",")) ++after;
    int said_year = 0;
    if (const auto y = year(after)) {
      said_year = *y;
      end = after + 1;
    }
    read_range(begin, {said_year, month, 0});
    keep({{said_year, month, day}, false, {}, ""}, begin, end);
  }

  std::optional<std::size_t> day_before(std::size_t at) const {
    auto back = at;
    while (back > 0 && (is_word(back - 1, "de | d | of | st | nd | rd | th") || is_sign(back - 1, "'") || is_sign(back - 1, "’"))) --back;
    if (back == 0 || !integer(back - 1, 31)) return std::nullopt;
    return back - 1;
  }

  // "3 al 5 de mayo": the 3 has the month of the 5.
  void read_range(std::size_t begin, DayParts month) {
    while (begin >= 2 && (is_word(begin - 1, "al | a | y | e | i | to | and | hasta | o | or | ate") || is_sign(begin - 1, "-") || is_sign(begin - 1, "–") || is_sign(begin - 1, ","))) {
      const auto day = integer(begin - 2, 31);
      if (!day) return;
      month.day = *day;
      keep({month, false, {}, ""}, begin - 2, begin - 1);
      begin -= 2;
    }
  }

  void read_weekday(std::size_t at, int weekday) {
    SaidDate date;
    date.weekday = weekday;
    keep(std::move(date), at, at + 1);
  }

  std::vector<Token>& tokens_;
  std::vector<SaidDate> dates_;
};

int weekday_of(const DayParts& day) {
  const std::chrono::year_month_day date{std::chrono::year(day.year), std::chrono::month(unsigned(day.month)), std::chrono::day(unsigned(day.day))};
  return int(std::chrono::weekday(std::chrono::sys_days(date)).c_encoding());
}

bool matches(const DayParts& said, const DayParts& day) {
  return said.month == day.month && (said.day == 0 || said.day == day.day) && (said.year == 0 || said.year == day.year);
}

}  // namespace

std::vector<SaidDate> take_dates(std::vector<Token>& tokens) { return DateReader(tokens).read(); }

bool agrees(const SaidDate& said, const DayParts& day) {
  if (said.weekday) return weekday_of(day) == *said.weekday;
  if (matches(said.parts, day)) return true;
  return said.may_be_swapped && matches({said.parts.year, said.parts.day, said.parts.month}, day);
}

}  // namespace fragua::catalogue::assistant
