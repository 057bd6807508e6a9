#include "catalogue/question/date_words.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "catalogue/question/forms.h"
#include "catalogue/question/number_words.h"

namespace fragua::catalogue {

using namespace std::chrono;

namespace {

struct Named {
  std::string_view word;
  int number;
};

constexpr Named kMonths[] = {
    {"enero", 1},    {"january", 1},   {"gener", 1},    {"janeiro", 1},   {"febrero", 2},  {"february", 2}, {"febrer", 2},   {"fevereiro", 2}, {"marzo", 3},
    {"march", 3},    {"marc", 3},      {"marco", 3},    {"abril", 4},     {"april", 4},    {"mayo", 5},     {"may", 5},      {"maig", 5},      {"maio", 5},
    {"junio", 6},    {"june", 6},      {"juny", 6},     {"junho", 6},     {"julio", 7},    {"july", 7},     {"juliol", 7},   {"julho", 7},     {"agosto", 8},
    {"august", 8},   {"agost", 8},     {"septiembre", 9}, {"setiembre", 9}, {"september", 9}, {"setembre", 9}, {"setembro", 9}, {"octubre", 10}, {"october", 10},
    {"outubro", 10}, {"noviembre", 11}, {"november", 11}, {"novembre", 11}, {"novembro", 11}, {"diciembre", 12}, {"december", 12}, {"desembre", 12}, {"dezembro", 12},
};
constexpr Named kWeekdays[] = {
    {"domingo", 0},  {"sunday", 0},    {"diumenge", 0}, {"lunes", 1},    {"monday", 1},  {"dilluns", 1}, {"martes", 2},    {"tuesday", 2}, {"dimarts", 2},
    {"miercoles", 3}, {"wednesday", 3}, {"dimecres", 3}, {"jueves", 4},  {"thursday", 4}, {"dijous", 4}, {"viernes", 5},   {"friday", 5},  {"divendres", 5},
    {"sabado", 6},   {"saturday", 6},  {"dissabte", 6},
};
struct Season {
  std::string_view word;
  int from_month, from_day, until_month, until_day;
};
// Of the northern half, between its equinoxes and solstices.
constexpr Season kSeasons[] = {
    {"verano", 6, 21, 9, 22},     {"summer", 6, 21, 9, 22},     {"estiu", 6, 21, 9, 22},      {"verao", 6, 21, 9, 22},      {"otono", 9, 23, 12, 20},
    {"autumn", 9, 23, 12, 20},    {"tardor", 9, 23, 12, 20},    {"outono", 9, 23, 12, 20},    {"invierno", 12, 21, 3, 19},  {"winter", 12, 21, 3, 19},
    {"hivern", 12, 21, 3, 19},    {"inverno", 12, 21, 3, 19},   {"primavera", 3, 20, 6, 20},  {"spring", 3, 20, 6, 20},     {"navidad", 12, 24, 1, 6},
    {"navidades", 12, 24, 1, 6},  {"christmas", 12, 24, 1, 6},  {"nadal", 12, 24, 1, 6},      {"natal", 12, 24, 1, 6},      {"nochevieja", 12, 31, 12, 31},
    {"halloween", 10, 31, 10, 31}, {"reyes", 1, 6, 1, 6},
};

constexpr std::size_t kTypoLettersMin = 6;
constexpr std::size_t kNumberWordsMax = 8;   // of one number

std::optional<int> named(std::span<const Named> list, std::string_view word) {
  for (const auto& known : list)
    if (known.word == word) return known.number;
  return std::nullopt;
}

}  // namespace

std::optional<int> month_named(std::string_view word) {
  if (const auto month = named(kMonths, word)) return month;
  if (word.size() < kTypoLettersMin) return std::nullopt;
  for (const auto& known : kMonths)
    if (known.word.size() >= kTypoLettersMin && slips(word, known.word) == 1) return known.number;
  return std::nullopt;
}

std::optional<int> weekday_named(std::string_view word) { return named(kWeekdays, word); }

std::optional<DaySpan> season_named(std::string_view word, Day today) {
  const auto* season = std::find_if(std::begin(kSeasons), std::end(kSeasons), [&](const Season& known) { return known.word == word; });
  if (season == std::end(kSeasons)) return std::nullopt;
  const auto this_year = int(year_month_day(today).year());
  const bool turns = std::pair(season->until_month, season->until_day) < std::pair(season->from_month, season->from_day);
  for (int year = this_year - 1;; ++year) {
    const DaySpan days{*make_day(year, season->from_month, season->from_day), *make_day(year + (turns ? 1 : 0), season->until_month, season->until_day)};
    if (days.until >= today) return days;
  }
}

std::optional<SaidNumber> number_said(const Question& question, std::size_t at) {
  if (const auto number = question.number(at)) return SaidNumber{*number, 1};
  std::vector<std::string> words;
  for (auto next = at; next < question.size() && words.size() < kNumberWordsMax; ++next) words.emplace_back(question.word(next));
  const auto spelled = spelled_number(words);
  return spelled ? std::optional(SaidNumber{double(spelled->value), spelled->words}) : std::nullopt;
}

}  // namespace fragua::catalogue
