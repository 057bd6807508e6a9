// Said numbers: the figures of a sentence, in digits ("1.200", "16,50 €") and in words ("sesenta y siete"), with what they are figures of.
// Callers: check. Threads: pure. What a date has taken already is not looked at again.
#pragma once
#include "catalogue/assistant/tokens.h"

namespace fragua::catalogue::assistant {

struct SaidNumber {
  std::vector<double> readings;           // "1.200" is 1200 or 1.2
  bool is_price = false;                  // a currency stands beside it
  bool is_time = false;                   // 20:30, 20 h
  bool is_share = false;                  // per cent
  std::size_t end = 0;                    // the token behind it: what is counted
  std::size_t after = 0;                  // where the number before it ends
  std::size_t until = 0;                  // where the next one begins
  std::string text;
};

// Marks their tokens as used.
std::vector<SaidNumber> take_numbers(std::vector<Token>& tokens);

}  // namespace fragua::catalogue::assistant
