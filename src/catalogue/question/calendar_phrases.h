// CalendarPhrases: days that are said from today on: "este mes", "mañana", "el fin de semana que viene", "próximos 30 días", "next week".
// Callers: dates. Threads: pure.
#pragma once
#include "catalogue/question/date_words.h"

namespace fragua::catalogue {

struct SaidDays {
  DaySpan days;
  std::size_t words = 0;      // it takes, from where it begins
  std::string period;         // current_month, next_month, ""
};

std::optional<SaidDays> phrase_at(const Question& question, std::size_t at, Day today);

// Friday to Sunday of the week that a day is in.
DaySpan weekend_of(Day day);
Day first_of_week(Day day);

}  // namespace fragua::catalogue
