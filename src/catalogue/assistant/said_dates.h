// Said dates: the days, months and weekdays that a sentence names, in any usual form: 2025-01-18, 18/1/2025, 18 de enero, January 18th,
// "del 3 al 5 de mayo", "en marzo", "sábado". Callers: check. Threads: pure.
#pragma once
#include <optional>

#include "catalogue/assistant/tokens.h"
#include "catalogue/assistant/wording.h"

namespace fragua::catalogue::assistant {

// 0: not said.
struct SaidDate {
  DayParts parts;
  bool may_be_swapped = false;            // 3/4: 3 April, or March 4
  std::optional<int> weekday;             // 0: Sunday; then `parts` are all 0
  std::string text;
};

// Marks their tokens as used.
std::vector<SaidDate> take_dates(std::vector<Token>& tokens);

bool agrees(const SaidDate& said, const DayParts& day);

}  // namespace fragua::catalogue::assistant
