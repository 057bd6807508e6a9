// Evidence: what an answer may say: the figures, days, prices, names and items of its facts, ready to be compared with sentences.
// Callers: check. Threads: plain data. Texts of items lend their words, never their figures: a price is what the price field says.
#pragma once
#include <set>

#include "catalogue/assistant/facts.h"
#include "catalogue/assistant/wording.h"

namespace fragua::catalogue::assistant {

struct ItemEvidence {
  std::string key;
  FoldedWords title;
  std::vector<DayParts> days;
  std::vector<std::string> times;         // "20:30"
  std::vector<double> prices;
  std::vector<double> numbers;
  std::set<std::string> words;            // of all its texts, folded
  std::set<std::string> values;           // of its facets, folded
};

// So many items have these values, and what else the question asked.
struct CountEvidence {
  double count = 0;
  std::set<std::string> values;
};

// "13 géneros".
struct FacetEvidence {
  FoldedWords nouns;                      // in all languages
  std::vector<double> counts;
};

// A value of a facet and what else it is called, as folded words.
struct KnownValue {
  std::string field;
  std::string value;                      // folded
  std::vector<FoldedWords> names;
};

struct Evidence {
  std::vector<ItemEvidence> items;
  std::vector<CountEvidence> counts;
  std::vector<FacetEvidence> facets;
  std::vector<double> prices;
  std::vector<DayParts> days;
  std::set<std::string> words;            // besides the items'
  std::set<std::string> values;           // of facets, besides the items'
  std::set<std::string> asked_values;     // that the question asks for
  std::vector<FoldedWords> unknown;       // what the question asks and is not there
  std::vector<KnownValue> known_values;   // all that the catalogue has, to be recognised
  FoldedWords things;                     // what items are called, in all languages
  std::string today;
  double total = 0;
};

Evidence evidence_of(const Catalogue& catalogue, const Facts& facts);

}  // namespace fragua::catalogue::assistant
