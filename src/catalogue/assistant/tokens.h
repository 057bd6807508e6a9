// Tokens: a sentence as words, numbers and signs, each with its place: what the check of an answer looks at.
// Callers: check, said_dates, said_numbers. Threads: pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fragua::catalogue::assistant {

struct Token {
  enum class Kind { word, number, sign };
  Kind kind = Kind::sign;
  std::string text;
  std::string folded;                     // lower case, without accents
  bool is_capital = false;                // begins with a large letter, or is of a script that has none
  bool is_initial = false;                // begins a sentence, a quotation or what follows a colon
  bool is_joined = false;                 // to the token before it, without a space
  bool is_used = false;                   // accounted for
};

std::vector<Token> tokens_of(std::string_view text);

}  // namespace fragua::catalogue::assistant
