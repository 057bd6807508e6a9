// Dates: the days that a question asks for, in all ways of saying them, one after another or from one to another, before, until, from and after.
// Callers: question_reading. Threads: pure. `today` is handed in.
#pragma once
#include "catalogue/filter.h"
#include "catalogue/question/calendar_phrases.h"

namespace fragua::catalogue {

struct AskedDays {
  std::optional<DayRange> days;
  std::string period;          // current_month, next_month where that is all that was said
  std::vector<Span> spans;
  std::vector<Span> refused;   // days that are said no to, or that cannot be meant together with the others
};

// Takes the words of what it finds.
AskedDays find_days(Question& question, Day today);

}  // namespace fragua::catalogue
