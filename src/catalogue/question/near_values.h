// NearValues: values that a word which is left could be, were it badly mistyped: farther than the rules dare to say, near enough to ask.
// Callers: model_values. Threads: pure. Only of facets of which nothing is named yet, and never for a short word.
#pragma once
#include "catalogue/question/question_reading.h"

namespace fragua::catalogue {

struct NearValue {
  Span span;              // of the question
  std::size_t facet = 0;
  std::size_t value = 0;
};

// Of words that no title or text has.
std::vector<NearValue> near_values(const FacetIndex& index, const QuestionReading& reading, const std::vector<std::string>& known);

}  // namespace fragua::catalogue
