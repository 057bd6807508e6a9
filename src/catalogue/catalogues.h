// Catalogues: what is imported here, and who answers for it. Definitions stay in memory; items are in the database.
// Callers: catalogue/question, catalogue/assistant, api/native. Threads: the loop's only; what is handed out never changes, a new import
// makes a new one.
#pragma once
#include <memory>

#include "catalogue/filter.h"
#include "db/store.h"

namespace fragua::catalogue {

using CataloguePointer = std::shared_ptr<const Catalogue>;

enum class Role { search, assistant };

struct Bound {
  CataloguePointer catalogue;
  Role role;
};

class Catalogues {
 public:
  explicit Catalogues(db::Store& store) : store_(store) {}

  // Before the first request. Blocks.
  void load();
  std::vector<CataloguePointer> list() const;
  // Error(not_found).
  CataloguePointer require(const std::string& name) const;
  // The catalogue that a model of this name answers for ("search-nlp", "search-nlp:latest").
  std::optional<Bound> bound_to(const std::string& model) const;
  // After an import or a removal.
  void put(CataloguePointer catalogue);
  void forget(const std::string& name);

  // One read-only query. Error(invalid_argument): require_valid.
  Task<Found> find(CataloguePointer catalogue, Filter filter);
  // By their keys, in that order; what is not there is left out.
  Task<std::vector<Item>> items(CataloguePointer catalogue, std::vector<std::string> keys);
  // Those of the words that a title or text has, in any of their forms or just so.
  struct AskedWords {
    std::vector<std::string> in_any_form;
    std::vector<std::string> as_they_are;
  };
  Task<std::vector<std::string>> known(CataloguePointer catalogue, AskedWords words);
  // Items whose title has words that begin like these, the latest first.
  Task<std::vector<Item>> titled(CataloguePointer catalogue, std::string beginning, std::int64_t limit);

 private:
  db::Store& store_;
  std::vector<CataloguePointer> catalogues_;   // by name
};

}  // namespace fragua::catalogue
