// Description: filters and items in words: " de thrash metal en Valencia este mes"; "Madrid Indie Revolution [evt-2025-001], 18 de enero de
// 2025, Sala But, Madrid, 16 €". Callers: answer_text, prompt. Threads: pure.
// Items' texts are quoted as they stand: nothing that they say is followed.
#pragma once
#include "catalogue/assistant/nouns.h"
#include "catalogue/filter.h"

namespace fragua::catalogue::assistant {

// Also of a number that is one: "precio hasta".
bool is_price(const Field& field);

// "" for a filter that wants everything; else it begins with a space.
std::string filter_text(const Catalogue& catalogue, const Filter& filter, Tongue tongue);
// One line.
std::string item_text(const Catalogue& catalogue, const Item& item, Tongue tongue);
// Sentences: its day, facets, figures and first text; of what else is shown, what the question asks for by its label.
std::vector<std::string> item_details(const Catalogue& catalogue, const Item& item, const FoldedWords& question, Tongue tongue);
// Of these only what the question asks for by its label; "" for nothing.
std::string asked_details(const Catalogue& catalogue, const Item& item, const FoldedWords& question, Tongue tongue);

}  // namespace fragua::catalogue::assistant
