// ModelValues: what a model is asked about a question, and what its answer may change: which of the near values a mistyped word is, or none;
// in the mode "model", everything at once. Callers: questions. Threads: pure.
// A value without a word of the question behind it is never taken from a model.
#pragma once
#include "catalogue/question/near_values.h"

namespace fragua::catalogue {

struct ModelQuestion {
  std::string instructions;
  std::string question;
  json::object schema;       // of the answer; its enumerations are values of the catalogue, and null
};

// Which of these, if any. One field for each facet among them.
ModelQuestion ask_which(const FacetIndex& index, const QuestionReading& reading, const std::vector<NearValue>& near);
// Makes mentions of what was chosen; the words are no longer left.
void take_answer(const FacetIndex& index, const json::object& answer, const std::vector<NearValue>& near, QuestionReading& reading);

// Without any rules, to measure what they are worth.
ModelQuestion ask_all(const Catalogue& catalogue, std::string_view question);
Understanding understand_all(const Catalogue& catalogue, const json::object& answer, Day today);

}  // namespace fragua::catalogue
