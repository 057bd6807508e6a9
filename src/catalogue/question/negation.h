// Negation: which of the values that a question names it does not want: "que no sea death metal", "todo menos punk y thrash", "except".
// Callers: question_reading. Threads: pure. Only what stands directly before or behind a value says no to it: "¿no hay punk?" asks for punk.
#pragma once
#include "catalogue/question/facet_matcher.h"

namespace fragua::catalogue {

// Marks them. `mentions` in the order of the question.
void exclude_negated(const Question& question, std::vector<Mention>& mentions);

// Whether the words directly before this place say no.
bool is_negated(const Question& question, std::size_t at);
// Whether what ends before this place is denied behind it: "este mes no puedo, …", "Valencia no, Madrid". A no at the very end asks: "en Madrid, ¿no?".
bool is_negated_behind(const Question& question, std::size_t last);

}  // namespace fragua::catalogue
