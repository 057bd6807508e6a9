// Facts: what a catalogue holds, in a few lines for a model's SYSTEM: how many, from when to when, what it costs, which values there are.
// Callers: catalogue/model_maker. Threads: pure. Figures come from the data alone.
#pragma once
#include "catalogue/catalogue.h"

namespace fragua::catalogue {

std::string facts_of(const Catalogue& catalogue);
// "Valencia (67), Barcelona (25), …": the most frequent, as many as `most`.
std::string values_text(const Facet& facet, std::size_t most);

}  // namespace fragua::catalogue
