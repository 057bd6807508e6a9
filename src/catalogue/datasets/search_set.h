// SearchSet: questions and the filters they mean, to train a search model with. Callers: api/native. Threads: pure.
// The small set asks for one value at a time; a larger one mixes values, days and prices, spells some wrong, asks in four languages, and has
// questions that name nothing here.
#pragma once
#include "catalogue/catalogue.h"
#include "catalogue/datasets/dataset.h"

namespace fragua::catalogue {

// 33 by the first facet, 28 by the second.
std::vector<Conversation> small_search_set(const Catalogue& catalogue, std::uint64_t seed);
std::vector<Conversation> search_set(const Catalogue& catalogue, std::size_t size, std::uint64_t seed);

// A letter lost, doubled or swapped with its neighbour; never the first.
std::string misspelled(const std::string& word, Dice& dice);

}  // namespace fragua::catalogue
