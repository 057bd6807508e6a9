#include "catalogue/question/calendar_phrases.h"

#include <algorithm>

#include "catalogue/question/word_lists.h"

namespace fragua::catalogue {

using namespace std::chrono;

namespace {

enum class Meant { yesterday, last_week, last_month, last_year, today, tomorrow, day_after, this_week, next_week, this_weekend, next_weekend, this_month, next_month, this_year, next_year, rest_of_year,
                   end_of_year, rest_of_month, end_of_month };

struct Phrase {
  std::string_view words;
  Meant meant;
};

// Longer ones stand before those that they begin with.
constexpr Phrase kPhrases[] = {
    {"pasado manana", Meant::day_after}, {"day after tomorrow", Meant::day_after}, {"dema passat", Meant::day_after}, {"depois de amanha", Meant::day_after},
    {"ayer", Meant::yesterday}, {"yesterday", Meant::yesterday}, {"ahir", Meant::yesterday}, {"ontem", Meant::yesterday},
    {"semana pasada", Meant::last_week}, {"last week", Meant::last_week}, {"setmana passada", Meant::last_week}, {"semana passada", Meant::last_week},
    {"mes pasado", Meant::last_month}, {"last month", Meant::last_month}, {"mes passat", Meant::last_month}, {"mes passado", Meant::last_month},
    {"ano pasado", Meant::last_year}, {"last year", Meant::last_year}, {"any passat", Meant::last_year}, {"ano passado", Meant::last_year},
    {"hoy", Meant::today}, {"today", Meant::today}, {"avui", Meant::today}, {"hoje", Meant::today}, {"esta noche", Meant::today}, {"tonight", Meant::today},
    {"aquesta nit", Meant::today}, {"esta noite", Meant::today}, {"this evening", Meant::today}, {"esta tarde", Meant::today}, {"aquest vespre", Meant::today},
    {"tomorrow", Meant::tomorrow}, {"dema", Meant::tomorrow}, {"amanha", Meant::tomorrow}, {"manana", Meant::tomorrow},
    {"fin de semana que viene", Meant::next_weekend}, {"finde que viene", Meant::next_weekend}, {"proximo fin de semana", Meant::next_weekend},
    {"fin de semana proximo", Meant::next_weekend}, {"proximo finde", Meant::next_weekend}, {"finde proximo", Meant::next_weekend},
    {"siguiente fin de semana", Meant::next_weekend}, {"next weekend", Meant::next_weekend}, {"cap de setmana vinent", Meant::next_weekend},
    {"cap de setmana que ve", Meant::next_weekend}, {"proper cap de setmana", Meant::next_weekend}, {"proximo fim de semana", Meant::next_weekend},
    {"fim de semana que vem", Meant::next_weekend}, {"fim de semana proximo", Meant::next_weekend},
    {"este fin de semana", Meant::this_weekend}, {"este finde", Meant::this_weekend}, {"this weekend", Meant::this_weekend},
    {"aquest cap de setmana", Meant::this_weekend}, {"este fim de semana", Meant::this_weekend}, {"fin de semana", Meant::this_weekend},
    {"finde", Meant::this_weekend}, {"weekend", Meant::this_weekend}, {"cap de setmana", Meant::this_weekend}, {"fim de semana", Meant::this_weekend},
    {"esta misma semana", Meant::this_week}, {"esta semana", Meant::this_week}, {"this week", Meant::this_week}, {"aquesta setmana", Meant::this_week},
    {"semana que viene", Meant::next_week}, {"proxima semana", Meant::next_week}, {"semana proxima", Meant::next_week}, {"siguiente semana", Meant::next_week},
    {"next week", Meant::next_week}, {"setmana que ve", Meant::next_week}, {"setmana vinent", Meant::next_week}, {"propera setmana", Meant::next_week},
    {"semana que vem", Meant::next_week},
    {"este mismo mes", Meant::this_month}, {"este mes", Meant::this_month}, {"mes actual", Meant::this_month}, {"mes en curso", Meant::this_month},
    {"mes corriente", Meant::this_month}, {"mes presente", Meant::this_month}, {"presente mes", Meant::this_month}, {"this month", Meant::this_month},
    {"current month", Meant::this_month}, {"aquest mes", Meant::this_month}, {"aquest mateix mes", Meant::this_month}, {"deste mes", Meant::this_month},
    {"neste mes", Meant::this_month},
    {"mes que viene", Meant::next_month}, {"proximo mes", Meant::next_month}, {"mes proximo", Meant::next_month}, {"siguiente mes", Meant::next_month},
    {"mes siguiente", Meant::next_month}, {"mes entrante", Meant::next_month}, {"mes q viene", Meant::next_month}, {"next month", Meant::next_month},
    {"coming month", Meant::next_month}, {"following month", Meant::next_month}, {"mes que ve", Meant::next_month}, {"mes vinent", Meant::next_month},
    {"proper mes", Meant::next_month}, {"proxim mes", Meant::next_month}, {"mes que vem", Meant::next_month}, {"mes seguinte", Meant::next_month},
    {"lo que queda de mes", Meant::rest_of_month}, {"resto del mes", Meant::rest_of_month}, {"de aqui a final de mes", Meant::rest_of_month}, {"de aqui a fin de mes", Meant::rest_of_month},
    {"resta del mes", Meant::rest_of_month}, {"resto do mes", Meant::rest_of_month}, {"rest of the month", Meant::rest_of_month},
    {"lo que queda de ano", Meant::rest_of_year}, {"resto del ano", Meant::rest_of_year}, {"rest of the year", Meant::rest_of_year},
    {"fin de mes", Meant::end_of_month}, {"final de mes", Meant::end_of_month}, {"finales de mes", Meant::end_of_month},
    {"end of the month", Meant::end_of_month}, {"final do mes", Meant::end_of_month},
    {"este ano", Meant::this_year}, {"this year", Meant::this_year}, {"aquest any", Meant::this_year},
    {"ano que viene", Meant::next_year}, {"proximo ano", Meant::next_year}, {"ano proximo", Meant::next_year}, {"next year", Meant::next_year},
    {"any que ve", Meant::next_year}, {"any vinent", Meant::next_year}, {"ano que vem", Meant::next_year}, {"fin de ano", Meant::end_of_year},
    {"final de ano", Meant::end_of_year}, {"end of the year", Meant::end_of_year},
};

Day first_of_year(Day day, int years) { return *make_day(int(year_month_day(day).year()) + years, 1, 1); }
Day last_of_year(Day day, int years) { return *make_day(int(year_month_day(day).year()) + years, 12, 31); }

DaySpan days_of(Meant meant, Day today) {
  const auto week = first_of_week(today);
  switch (meant) {
    case Meant::yesterday: return {today - days(1), today - days(1)};
    case Meant::last_week: return {week - days(7), week - days(1)};
    case Meant::last_month: return {month_after(today, -1), first_of_month(today) - days(1)};
    case Meant::last_year: return {first_of_year(today, -1), last_of_year(today, -1)};
    case Meant::today: return {today, today};
    case Meant::tomorrow: return {today + days(1), today + days(1)};
    case Meant::day_after: return {today + days(2), today + days(2)};
    case Meant::this_week: return {week, week + days(6)};
    case Meant::next_week: return {week + days(7), week + days(13)};
    case Meant::this_weekend: return weekend_of(today);
    // What comes: this week's, unless it has begun.
    case Meant::next_weekend: return weekend_of(today).from > today ? weekend_of(today) : weekend_of(today + days(7));
    case Meant::this_month: return {first_of_month(today), last_of_month(today)};
    case Meant::next_month: return {month_after(today, 1), last_of_month(month_after(today, 1))};
    case Meant::this_year: return {first_of_year(today, 0), last_of_year(today, 0)};
    case Meant::next_year: return {first_of_year(today, 1), last_of_year(today, 1)};
    case Meant::rest_of_month: return {today, last_of_month(today)};
    case Meant::rest_of_year: return {today, last_of_year(today, 0)};
    case Meant::end_of_month: return {last_of_month(today), last_of_month(today)};
    case Meant::end_of_year: return {last_of_year(today, 0), last_of_year(today, 0)};
  }
  return {today, today};
}

// What is left of a month has that month's word: no other says more of it.
std::string period_of(Meant meant) {
  if (meant == Meant::this_month || meant == Meant::rest_of_month) return "current_month";
  return meant == Meant::next_month ? "next_month" : "";
}

std::size_t count_words(std::string_view words) { return std::size_t(std::count(words.begin(), words.end(), ' ')) + 1; }

constexpr std::string_view kNext[] = {"proximos", "proximas", "siguientes", "next", "coming", "propers", "properes", "seguintes"};
constexpr std::string_view kDays[] = {"dias", "days", "dies"};
constexpr std::string_view kWeeks[] = {"semanas", "weeks", "setmanas", "setmanes"};
constexpr std::string_view kMonths[] = {"meses", "months", "mesos"};
constexpr double kCountMax = 366;

// "próximos 30 días", "próximas dos semanas", "next 3 months".
std::optional<SaidDays> coming(const Question& question, std::size_t at, Day today) {
  if (!contains(kNext, question.word(at))) return std::nullopt;
  const auto number = number_said(question, at + 1);
  if (!number || number->value < 1 || number->value > kCountMax) return std::nullopt;
  const auto unit = question.word(at + 1 + number->words);
  const int count = int(number->value);
  const auto words = number->words + 2;
  if (contains(kDays, unit)) return SaidDays{{today, today + days(count)}, words, ""};
  if (contains(kWeeks, unit)) return SaidDays{{today, today + days(7 * count)}, words, ""};
  if (!contains(kMonths, unit)) return std::nullopt;
  const year_month_day date(today);
  auto end = date + months(count);
  if (!end.ok()) end = end.year() / end.month() / last;
  return SaidDays{{today, Day(end)}, words, ""};
}

// "por la mañana" is a time of day, not tomorrow.
bool is_morning(const Question& question, std::size_t at) {
  return question.word(at) == "manana" && at > 0 && (question.word(at - 1) == "la" || question.word(at - 1) == "una");
}

}  // namespace

Day first_of_week(Day day) { return day - days((weekday(day) - Monday).count()); }

DaySpan weekend_of(Day day) {
  const auto monday = first_of_week(day);
  return {monday + days(4), monday + days(6)};
}

std::optional<SaidDays> phrase_at(const Question& question, std::size_t at, Day today) {
  if (auto said = coming(question, at, today)) return said;
  for (const auto& phrase : kPhrases) {
    if (!question.says(at, phrase.words) || is_morning(question, at)) continue;
    return SaidDays{days_of(phrase.meant, today), count_words(phrase.words), period_of(phrase.meant)};
  }
  return std::nullopt;
}

}  // namespace fragua::catalogue
