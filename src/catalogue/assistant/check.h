// Check: whether a sentence says only what the evidence bears out: its figures, days, prices, names, items, and what it denies.
// Callers: composer. Threads: pure. When in doubt the sentence is refused: an answer is better shorter than wrong.
#pragma once
#include "catalogue/assistant/evidence.h"

namespace fragua::catalogue::assistant {

// What of the sentence is not borne out ("18 €", "Metallica"); nothing if all is.
std::optional<std::string> flaw_of(std::string_view sentence, const Evidence& evidence);

}  // namespace fragua::catalogue::assistant
