// FacetMatcher: which values of a catalogue's facets a question names, and where: the longest words that mean something come first, mistyped
// ones too where only one value can be meant. Callers: question_reading. Threads: pure.
// Never guesses: a word that is near to two values, or to none, is left.
#pragma once
#include "catalogue/question/facet_index.h"

namespace fragua::catalogue {

struct Mention {
  Span span;
  Meaning meaning;
  bool is_typo = false;
  bool is_excluded = false;   // "que no sea …"
  bool is_of_model = false;   // a model says that these words mean it
};

// Takes the words of what it finds.
std::vector<Mention> match_facets(const FacetIndex& index, Question& question);

}  // namespace fragua::catalogue
