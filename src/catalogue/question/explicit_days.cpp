#include "catalogue/question/explicit_days.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/strings.h"
#include "catalogue/question/word_lists.h"

namespace fragua::catalogue {

using namespace std::chrono;

namespace {

constexpr int kYearMin = 2000, kYearMax = 2100;   // others are numbers

bool is_of(std::string_view word) { return is_one_of(word, {"de", "del", "d", "of", "do", "da"}); }
bool is_article(std::string_view word) { return is_one_of(word, {"el", "the", "o", "dia", "dias", "los", "les", "els"}); }
bool is_until(std::string_view word) { return is_one_of(word, {"al", "a", "y", "hasta", "to", "and", "-", "i", "e", "ate", "fins", "until", "o", "u", "or", "ou", "through", "ao"}); }

int year_of(Day day) { return int(year_month_day(day).year()); }

// A month or day that names no year.
std::optional<Day> next_day(int month, int day, Day today) {
  for (int year = year_of(today); year <= year_of(today) + 8; ++year)
    if (const auto found = make_day(year, month, day); found && *found >= today) return found;
  return std::nullopt;
}

class Reader {
 public:
  Reader(const Question& question, Day today) : question_(question), today_(today) {}

  std::optional<SaidDays> read(std::size_t at) const {
    using Rule = std::optional<SaidDays> (Reader::*)(std::size_t) const;
    for (const Rule rule : {&Reader::written, &Reader::weekend, &Reader::day_range, &Reader::day_and_month, &Reader::month_and_day, &Reader::month, &Reader::year,
                            &Reader::weekday, &Reader::season, &Reader::bare_day})
      if (auto said = (this->*rule)(at)) return said;
    return std::nullopt;
  }

 private:
  struct Part {
    int number = 0;
    std::size_t next = 0;   // the place after it
  };

  std::string_view word(std::size_t at) const { return question_.word(at); }

  static SaidDays one(Day day, std::size_t words) { return {{day, day}, words, ""}; }

  std::optional<int> whole(std::size_t at, int least, int most) const {
    const auto number = question_.number(at);
    if (!number || *number < least || *number > most || *number != int(*number) || word(at).size() > 4) return std::nullopt;
    return int(*number);
  }

  // "[de] 2026".
  std::optional<Part> year_after(std::size_t at) const {
    if (is_of(word(at))) ++at;
    const auto year = whole(at, kYearMin, kYearMax);
    if (!year || is_currency(word(at + 1))) return std::nullopt;
    return Part{*year, at + 1};
  }

  // "15", "15th", "1 er".
  std::optional<Part> day_number(std::size_t at) const {
    const auto day = whole(at, 1, 31);
    if (!day) return std::nullopt;
    return Part{*day, at + (is_one_of(word(at + 1), {"th", "st", "nd", "rd", "er"}) ? 2U : 1U)};
  }

  // "[de] marzo", not "may" as a verb.
  std::optional<Part> month_after_day(std::size_t at) const {
    if (is_of(word(at))) ++at;
    const auto month = month_named(word(at));
    return month ? std::optional(Part{*month, at + 1}) : short_month(at);
  }
  std::optional<Part> short_month(std::size_t at) const {
    constexpr std::array<std::string_view, 12> kShort = {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"};
    constexpr std::array<std::string_view, 12> kEnglish = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sept", "oct", "nov", "dec"};
    for (std::size_t i = 0; i < kShort.size(); ++i)
      if (word(at) == kShort[i] || word(at) == kEnglish[i]) return Part{int(i) + 1, at + 1};
    return std::nullopt;
  }

  // "15 [de] marzo [[de] 2026]".
  struct Date {
    Day day;
    std::size_t next;
  };
  std::optional<Date> date(std::size_t at) const {
    const auto day = day_number(at);
    const auto month = day ? month_after_day(day->next) : std::nullopt;
    if (!month) return std::nullopt;
    return with_year(*day, *month, month->next);
  }
  std::optional<Date> with_year(Part day, Part month, std::size_t at) const {
    const auto year = year_after(at);
    const auto found = year ? make_day(year->number, month.number, day.number) : next_day(month.number, day.number, today_);
    if (!found) return std::nullopt;
    return Date{*found, year ? year->next : at};
  }

  // 2026-03-15, 15/03/2026, 15/3.
  std::optional<SaidDays> written(std::size_t at) const {
    const auto text = word(at);
    if (const auto day = parse_day(text)) return year_of(*day) < kYearMin || year_of(*day) > kYearMax ? std::nullopt : std::optional(one(*day, 1));
    const auto sign = text.find('/') != std::string_view::npos ? '/' : text.find('-') != std::string_view::npos ? '-' : '.';
    const auto parts = split(text, sign);
    if (parts.size() < 2 || parts.size() > 3 || (sign != '/' && parts.size() != 3)) return std::nullopt;
    std::array<int, 3> numbers{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto [end, problem] = std::from_chars(parts[i].data(), parts[i].data() + parts[i].size(), numbers[i]);
      if (problem != std::errc() || end != parts[i].data() + parts[i].size()) return std::nullopt;
    }
    const int year = numbers[2] < 100 ? numbers[2] + 2000 : numbers[2];
    if (parts.size() == 3 && (year < kYearMin || year > kYearMax)) return std::nullopt;
    const auto day = parts.size() == 3 ? make_day(year, numbers[1], numbers[0]) : next_day(numbers[1], numbers[0], today_);
    return day ? std::optional(one(*day, 1)) : std::nullopt;
  }

  // "fin de semana del 15 [de marzo]".
  std::optional<SaidDays> weekend(std::size_t at) const {
    auto next = at;
    for (const std::string_view words : {"fin de semana", "finde", "weekend", "cap de setmana", "fim de semana"})
      if (question_.says(at, words)) next = at + std::size_t(std::count(words.begin(), words.end(), ' ')) + 1;
    if (next == at || !is_of(word(next))) return std::nullopt;
    for (++next; is_article(word(next)); ++next) {
    }
    if (const auto found = date(next)) return SaidDays{weekend_of(found->day), found->next - at, ""};
    const auto day = day_number(next);
    const auto found = day ? next_of_month(day->number) : std::nullopt;
    return found ? std::optional(SaidDays{weekend_of(*found), day->next - at, ""}) : std::nullopt;
  }

  // "3 al 10 de mayo", "3-10 May".
  std::optional<SaidDays> day_range(std::size_t at) const {
    const auto first = day_number(at);
    if (!first || !is_until(word(first->next))) return std::nullopt;
    auto next = first->next + 1;
    while (is_article(word(next)) || is_until(word(next))) ++next;
    const auto second = date(next);
    if (!second) return bare_range(at, *first, next);
    return range(first->number, second->day, second->next - at);
  }
  // "el 3 y el 10": of the month that comes.
  std::optional<SaidDays> bare_range(std::size_t at, Part first, std::size_t next) const {
    const auto second = is_named_day(at) ? day_number(next) : std::nullopt;
    if (!second || is_currency(word(second->next))) return std::nullopt;
    const auto last = next_of_month(second->number);
    return last ? range(first.number, *last, second->next - at) : std::nullopt;
  }
  static std::optional<SaidDays> range(int first, Day last, std::size_t words) {
    const year_month_day end(last);
    const auto month = unsigned(first) > unsigned(end.day()) ? month_after(last, -1) : first_of_month(last);
    const year_month_day of(month);
    const auto begin = make_day(int(of.year()), int(unsigned(of.month())), first);
    return begin ? std::optional(SaidDays{{*begin, last}, words, ""}) : std::nullopt;
  }

  std::optional<SaidDays> day_and_month(std::size_t at) const {
    const auto found = date(at);
    return found ? std::optional(one(found->day, found->next - at)) : std::nullopt;
  }

  // "March 15th, 2026", "May 3 to 10".
  std::optional<SaidDays> month_and_day(std::size_t at) const {
    auto month = month_named(word(at));
    if (!month) {
      const auto shortened = short_month(at);
      if (!shortened) return std::nullopt;
      month = shortened->number;
    }
    const auto day = day_number(at + 1);
    if (!day || is_currency(word(day->next))) return std::nullopt;
    if (is_until(word(day->next)))
      if (const auto last = day_number(day->next + 1))
        if (const auto found = with_year(*last, {*month, 0}, last->next)) return range(day->number, found->day, found->next - at);
    const auto found = with_year(*day, {*month, 0}, day->next);
    return found ? std::optional(one(found->day, found->next - at)) : std::nullopt;
  }

  // "[a finales de] marzo [de 2026]".
  std::optional<SaidDays> month(std::size_t at) const {
    auto name = at;
    const auto part = word(at);
    const bool is_part = is_one_of(part, {"principios", "comienzos", "mediados", "finales", "final", "early", "mid", "late", "principi", "mitjan", "finals", "inicio", "meados", "fim"});
    if (is_part) name += is_of(word(at + 1)) ? 2 : 1;
    const auto month = month_named(word(name));
    if (!month) return std::nullopt;
    const auto year = year_after(name + 1);
    if (!year && is_verb_or_name(name)) return std::nullopt;
    const int of = year ? year->number : *month >= int(unsigned(year_month_day(today_).month())) ? year_of(today_) : year_of(today_) + 1;
    const auto first = *make_day(of, *month, 1);
    return SaidDays{is_part ? part_of_month(part, first) : DaySpan{first, last_of_month(first)}, (year ? year->next : name + 1) - at, ""};
  }
  static DaySpan part_of_month(std::string_view part, Day first) {
    if (is_one_of(part, {"principios", "comienzos", "early", "principi", "inicio"})) return {first, first + days(9)};
    if (is_one_of(part, {"mediados", "mid", "mitjan", "meados"})) return {first + days(10), first + days(19)};
    return {first + days(20), last_of_month(first)};
  }
  // "I may", "Marco": words that are months only after "in" and the like.
  bool is_verb_or_name(std::size_t at) const {
    if (!is_one_of(word(at), {"may", "marco", "march", "marc"})) return false;
    return at == 0 || !is_one_of(word(at - 1), {"in", "of", "during", "this", "next", "before", "after", "until", "by", "from", "to", "em", "de", "and", "or", "since", "early", "mid", "late", "al", "el", "del", "a", "the", "do", "between", "ate", "fins"});
  }

  std::optional<SaidDays> year(std::size_t at) const {
    const auto found = whole(at, kYearMin, kYearMax);
    if (!found || is_currency(word(at + 1)) || is_currency(word(at == 0 ? question_.size() : at - 1))) return std::nullopt;
    return SaidDays{{*make_day(*found, 1, 1), *make_day(*found, 12, 31)}, 1, ""};
  }

  // "viernes", "próximo viernes", "viernes 13 de marzo", "sexta-feira".
  std::optional<SaidDays> weekday(std::size_t at) const {
    auto wanted = weekday_named(word(at));
    std::size_t words = 1;
    if (!wanted && word(at + 1) == "feira") {
      constexpr std::array<std::string_view, 5> kPortuguese = {"segunda", "terca", "quarta", "quinta", "sexta"};
      const auto found = std::find(kPortuguese.begin(), kPortuguese.end(), word(at));
      if (found == kPortuguese.end()) return std::nullopt;
      wanted = int(found - kPortuguese.begin()) + 1;
      words = 2;
    }
    if (!wanted) return std::nullopt;
    auto number = at + words;
    while (is_article(word(number))) ++number;
    if (const auto found = date(number)) return one(found->day, found->next - at);
    if (const auto day = day_number(number); day && !is_currency(word(day->next)))
      if (const auto found = next_of_month(day->number)) return one(*found, day->next - at);
    for (const std::string_view next : {"que viene", "que ve", "que vem", "vinent"})
      if (question_.says(at + words, next)) words += std::size_t(std::count(next.begin(), next.end(), ' ')) + 1;
    return one(today_ + (std::chrono::weekday(unsigned(*wanted)) - std::chrono::weekday(today_)), words);
  }

  std::optional<SaidDays> season(std::size_t at) const {
    const auto found = season_named(word(at), today_);
    if (!found) return std::nullopt;
    const auto year = year_after(at + 1);
    const auto moved = year ? season_named(word(at), *make_day(year->number, 1, 7)) : found;
    return SaidDays{{moved->from, moved->until}, (year ? year->next : at + 1) - at, ""};
  }

  bool is_named_day(std::size_t at) const {
    return at > 0 && is_one_of(word(at - 1), {"el", "dia", "dias", "al", "del", "the", "els", "o", "ao"});
  }
  // "el 15", "día 15", "the 15th".
  std::optional<SaidDays> bare_day(std::size_t at) const {
    const auto day = day_number(at);
    const bool is_ordinal = day && day->next == at + 2;
    if (!day || (!is_ordinal && !is_named_day(at)) || is_currency(word(day->next))) return std::nullopt;
    const auto found = next_of_month(day->number);
    return found ? std::optional(one(*found, day->next - at)) : std::nullopt;
  }
  std::optional<Day> next_of_month(int day) const {
    for (int months = 0; months <= 2; ++months) {
      const year_month_day month(month_after(today_, months));
      if (const auto found = make_day(int(month.year()), int(unsigned(month.month())), day); found && *found >= today_) return found;
    }
    return std::nullopt;
  }

  const Question& question_;
  Day today_;
};

}  // namespace

bool is_currency(std::string_view word) {
  return is_one_of(word, {"€", "$", "£", "euro", "euros", "eur", "eurs", "eurillos", "leuros", "dolares", "dollars", "pounds", "libras", "pavos", "bucks", "lereles", "pelas"});
}

std::optional<SaidDays> explicit_days_at(const Question& question, std::size_t at, Day today) { return Reader(question, today).read(at); }

}  // namespace fragua::catalogue
