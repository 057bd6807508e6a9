// SearchAnswer: what the search model of a catalogue says: one line of JSON with always the same keys: its facets, "date", "price_max".
// Callers: search_answerer, model_values, datasets. Threads: pure. Written as Python's json.dumps writes it, so that texts compare.
#pragma once
#include "catalogue/understanding.h"

namespace fragua::catalogue {

// The facets that it names: genre and city where the catalogue has both, else its first two.
std::vector<const Facet*> answered_facets(const Catalogue& catalogue);

// Of several values of a facet the one that is named first; null for a family of them.
std::string search_answer(const Catalogue& catalogue, const Understanding& understanding);

}  // namespace fragua::catalogue
