// ItemRepository: reads the items of a catalogue's current version: those that a filter wants, some by their keys, and which words they have.
// Callers: catalogues_find. Threads: that of the connection; blocks.
// The SQL is the same for every filter: what is asked is bound, and only catalogues, catalogue_items, catalogue_facets and catalogue_terms
// are read.
#pragma once
#include "catalogue/filter.h"
#include "db/database.h"

namespace fragua::catalogue {

class ItemRepository {
 public:
  explicit ItemRepository(db::Connection& db) : db_(db) {}

  // `filter` is valid: require_valid.
  Found find(const Catalogue& catalogue, const Filter& filter);
  std::vector<Item> items(const Catalogue& catalogue, const std::vector<std::string>& keys);
  // Those of the words that a title or text has, in any of their forms.
  std::vector<std::string> known(const Catalogue& catalogue, const std::vector<std::string>& words);
  // Those that stand there just so.
  std::vector<std::string> known_as_they_are(const Catalogue& catalogue, const std::vector<std::string>& words);
  // Items whose title has words that begin like these, the latest first.
  std::vector<Item> titled(const Catalogue& catalogue, const std::string& beginning, std::int64_t limit);

 private:
  bool matches(const std::string& match);

  db::Connection& db_;
};

}  // namespace fragua::catalogue
