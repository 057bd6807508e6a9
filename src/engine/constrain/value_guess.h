// ValueGuess: what a constrained answer may say next when it fills fields from a question: the enumerated value or
// number that a word of the question names, with the text that the grammar forces around it. Only a guess: the model
// verifies it in the same step that it would have taken anyway. Callers: scheduler, one an answer. Threads: one at a
// time. Never guesses inside free text, and leaves the state as it found it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/constrain/grammar_state.h"

namespace fragua::engine {

class ValueGuess {
 public:
  ValueGuess() = default;
  explicit ValueGuess(std::string_view question);
  // Empty when nothing is to be guessed.
  std::string next_text(GrammarState& state) const;

 private:
  std::string value_at(GrammarState& state) const;
  std::string named_value(GrammarState& state, const std::string& word) const;

  std::vector<std::string> words_;
};

}  // namespace fragua::engine
