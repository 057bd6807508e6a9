// Leftovers: words of a question that nothing was made of, though they should mean something: "jazz", "Tokio", "Iron Maiden".
// Callers: question_reading, questions. Threads: pure. Neighbours belong together.
#pragma once
#include <set>

#include "catalogue/catalogue.h"
#include "catalogue/question/question.h"

namespace fragua::catalogue {

// Of what is not taken. Not small words, not what the catalogue calls its items and fields, not numbers.
std::vector<Span> find_leftovers(const Catalogue& catalogue, const Question& question);

// Whether another span begins where this one ends, or the other way round.
bool are_neighbours(const Question& question, Span a, Span b);

}  // namespace fragua::catalogue
