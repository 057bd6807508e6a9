// Answer text: what is said to a question, made from its facts alone, sentence by sentence. Callers: assistant, composer. Threads: pure.
// No model has a hand in it: the same facts always make the same text.
#pragma once
#include "catalogue/assistant/facts.h"

namespace fragua::catalogue::assistant {

// The pieces in the order in which they are told: sentences, and lines of a list with their line ends.
std::vector<std::string> answer_of(const Catalogue& catalogue, const Facts& facts, Tongue tongue);

// Greetings, thanks, what the assistant is.
std::string talk_of(const Catalogue& catalogue, Intent intent, Tongue tongue);
// Nothing of the question is understood.
std::string helpless(const Catalogue& catalogue, Tongue tongue);
// How to buy, and no document says it.
std::string unknown_purchase(const Catalogue& catalogue, Tongue tongue);

}  // namespace fragua::catalogue::assistant
