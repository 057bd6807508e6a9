// Nouns: what the items and facets of a catalogue are called in each language: "concierto" is "concert" in English, "city" is "ciudad".
// Callers: catalogue/assistant. Threads: pure.
// Common words are known; others stay as the catalogue has them.
#pragma once
#include "catalogue/assistant/folded_words.h"
#include "catalogue/assistant/tongue.h"
#include "catalogue/catalogue.h"

namespace fragua::catalogue::assistant {

struct Noun {
  std::string one;
  std::string many;
  bool is_feminine = false;
};

// "concierto", "conciertos".
Noun thing_of(const Catalogue& catalogue, Tongue tongue);
// "ciudad", "ciudades".
Noun facet_noun(const Catalogue& catalogue, std::string_view field, Tongue tongue);
// Something happens there: "en Madrid" rather than "de Madrid".
bool is_place(const Field& field);
bool is_place(const Catalogue& catalogue, std::string_view field);
// A city or a hall, not a country.
bool is_local_place(const Field& field);

// The words name the items of this catalogue, in any of the languages.
std::optional<WordRange> find_thing(const Catalogue& catalogue, const FoldedWords& words);
struct NamedFacet {
  std::string field;
  WordRange where;
};
// The words name a facet itself ("ciudades"), not one of its values.
std::optional<NamedFacet> find_facet(const Catalogue& catalogue, const FoldedWords& words);

}  // namespace fragua::catalogue::assistant
