// DateWords: names of months, weekdays, seasons and feasts, and numbers in words, in Spanish, English, Catalan and Portuguese.
// Callers: prices, calendar_phrases, dates. Threads: pure. Words are folded.
#pragma once
#include <optional>
#include <string_view>

#include "catalogue/days.h"
#include "catalogue/question/question.h"

namespace fragua::catalogue {

struct DaySpan {
  Day from, until;
};

std::optional<int> month_named(std::string_view word);       // 1 to 12; mistyped ones too
std::optional<int> weekday_named(std::string_view word);     // 0: Sunday
// Summer, Christmas and the like: the one that is, or comes next.
std::optional<DaySpan> season_named(std::string_view word, Day today);

struct SaidNumber {
  double value = 0;
  std::size_t words = 1;   // it takes
};
// "30", "treinta", "treinta y cinco", "fifty".
std::optional<SaidNumber> number_said(const Question& question, std::size_t at);

}  // namespace fragua::catalogue
