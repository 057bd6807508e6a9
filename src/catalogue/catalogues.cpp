#include "catalogue/catalogues.h"

#include <algorithm>

#include "base/error.h"
#include "catalogue/write_repository.h"
#include "models/name.h"

namespace fragua::catalogue {

namespace {

// "search-nlp" and "search-nlp:latest" are one.
bool names_model(const std::string& bound, const models::ModelName& asked) {
  const auto name = models::ModelName::parse(bound);
  return name && models::same_name(*name, asked);
}

}  // namespace

void Catalogues::load() {
  std::vector<StoredCatalogue> stored;
  store_.database().read([&](db::Connection& connection) { stored = WriteRepository(connection).all(); });
  for (const auto& one : stored) {
    if (one.version == 0) continue;
    auto catalogue = read_body<Definition>(parse_json(one.definition), Unknown::ignored).catalogue;
    catalogue.number = one.number;
    put(std::make_shared<const Catalogue>(std::move(catalogue)));
  }
}

std::vector<CataloguePointer> Catalogues::list() const { return catalogues_; }

CataloguePointer Catalogues::require(const std::string& name) const {
  const auto found = std::ranges::find_if(catalogues_, [&](const CataloguePointer& one) { return one->name == name; });
  if (found == catalogues_.end()) throw Error(ErrorCode::not_found, "there is no catalogue '" + name + "'");
  return *found;
}

std::optional<Bound> Catalogues::bound_to(const std::string& model) const {
  const auto asked = models::ModelName::parse(model);
  if (!asked) return std::nullopt;
  for (const auto& catalogue : catalogues_) {
    if (names_model(catalogue->search.model, *asked)) return Bound{catalogue, Role::search};
    if (names_model(catalogue->assistant.model, *asked)) return Bound{catalogue, Role::assistant};
  }
  return std::nullopt;
}

void Catalogues::put(CataloguePointer catalogue) {
  forget(catalogue->name);
  const auto place = std::ranges::lower_bound(catalogues_, catalogue->name, {}, [](const CataloguePointer& one) { return one->name; });
  catalogues_.insert(place, std::move(catalogue));
}

void Catalogues::forget(const std::string& name) {
  std::erase_if(catalogues_, [&](const CataloguePointer& one) { return one->name == name; });
}

}  // namespace fragua::catalogue
