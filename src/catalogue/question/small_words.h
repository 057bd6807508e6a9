// Small words: those of a question that name nothing a catalogue could have ("quiero", "para", "show me"), and the language they are of.
// Callers: catalogue/question. Threads: pure.
// Spanish, English, Catalan and Portuguese; words are folded. What is asked for is never small: see leftovers.
#pragma once
#include <string>
#include <string_view>

#include "catalogue/question/question.h"

namespace fragua::catalogue {

bool is_small(std::string_view word);

// "es", "en", "ca" or "pt": whose small words it has most; Spanish where that says nothing.
std::string language_of(const Question& question);

}  // namespace fragua::catalogue
