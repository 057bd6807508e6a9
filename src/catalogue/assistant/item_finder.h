// ItemFinder: the items of a catalogue, as the assistant looks for them. Callers: catalogue/assistant. Threads: the loop's only.
// CatalogueItems asks the database (Catalogues); tests have a fake.
#pragma once
#include "catalogue/catalogues.h"

namespace fragua::catalogue::assistant {

class ItemFinder {
 public:
  virtual ~ItemFinder() = default;
  virtual Task<Found> find(CataloguePointer catalogue, Filter filter) = 0;
  // By their keys; what is not there is left out.
  virtual Task<std::vector<Item>> items(CataloguePointer catalogue, std::vector<std::string> keys) = 0;
};

class CatalogueItems final : public ItemFinder {
 public:
  explicit CatalogueItems(Catalogues& catalogues) : catalogues_(catalogues) {}
  Task<Found> find(CataloguePointer catalogue, Filter filter) override { return catalogues_.find(std::move(catalogue), std::move(filter)); }
  Task<std::vector<Item>> items(CataloguePointer catalogue, std::vector<std::string> keys) override {
    return catalogues_.items(std::move(catalogue), std::move(keys));
  }

 private:
  Catalogues& catalogues_;
};

}  // namespace fragua::catalogue::assistant
