// Suggestions: how a question that is being typed could go on: values of facets that begin like its last words. Callers: api/native.
// Threads: pure. Asks no model and no database.
#pragma once
#include "catalogue/question/facet_index.h"

namespace fragua::catalogue {

struct Suggestion {
  std::string field;
  std::string label;
  std::string value;
  std::int64_t count = 0;
  std::string name;        // that was typed, where it is not the value itself
  std::string question;    // completed
};

// The most frequent first; those of the longest end of the question that begins anything.
std::vector<Suggestion> suggest_values(const FacetIndex& index, std::string_view question, std::size_t limit);

}  // namespace fragua::catalogue
