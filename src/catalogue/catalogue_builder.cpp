#include "catalogue/catalogue_builder.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"
#include "catalogue/facts.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kMostTold = 5;

const FacetValue* find_value(const Facet* facet, const std::string& value) {
  if (!facet) return nullptr;
  const auto found = std::ranges::find(facet->values, value, &FacetValue::value);
  return found == facet->values.end() ? nullptr : &*found;
}

Facet build_facet(const FieldMapping& mapping, std::vector<FacetValue> values) {
  if (values.size() > kFacetValuesMax)
    throw Error(ErrorCode::invalid_argument, "the facet \"" + mapping.field.name + "\" has " + std::to_string(values.size()) + " different values, more than " +
                                                 std::to_string(kFacetValuesMax) + ": make it a \"text\"");
  for (auto& value : values)
    if (const auto names = mapping.names.find(value.value); names != mapping.names.end()) value.names = names->second;
  return {mapping.field.name, mapping.field.label, std::move(values)};
}

std::vector<std::string> values_only_in(const Facet& facet, const Facet* other) {
  std::vector<std::string> values;
  for (const auto& value : facet.values)
    if (!find_value(other, value.value)) values.push_back(value.value);
  return values;
}

}  // namespace

Catalogue build_catalogue(const Mapping& mapping, Figures figures) {
  Catalogue catalogue;
  catalogue.title = mapping.title;
  catalogue.time_zone = mapping.time_zone;
  catalogue.currency = mapping.currency;
  catalogue.words = mapping.words;
  for (const auto& field : mapping.fields) {
    catalogue.fields.push_back(field.field);
    if (field.field.kind == FieldKind::facet) catalogue.facets.push_back(build_facet(field, std::move(figures.facets[field.field.name])));
  }
  catalogue.items = figures.items;
  catalogue.first_day = figures.first_day;
  catalogue.last_day = figures.last_day;
  catalogue.price_min = figures.price_min;
  catalogue.price_max = figures.price_max;
  catalogue.search = {mapping.search.model, mapping.cheap_price};
  catalogue.assistant = {mapping.assistant.model, mapping.collection};
  return catalogue;
}

std::vector<FacetSummary> summaries_of(const Catalogue& catalogue) {
  std::vector<FacetSummary> summaries;
  for (const auto& facet : catalogue.facets) {
    FacetSummary summary{facet.field, facet.label, std::int64_t(facet.values.size()), {}};
    for (std::size_t i = 0; i < facet.values.size() && i < kMostTold; ++i)
      summary.most.push_back(facet.values[i].value + " (" + std::to_string(facet.values[i].count) + ")");
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

void compare_values(const Catalogue* before, const Catalogue& after, Changes& changes) {
  if (!before) return;
  for (const auto& facet : after.facets)
    if (auto added = values_only_in(facet, before->facet(facet.field)); !added.empty()) changes.values_added[facet.field] = std::move(added);
  for (const auto& facet : before->facets)
    if (auto removed = values_only_in(facet, after.facet(facet.field)); !removed.empty()) changes.values_removed[facet.field] = std::move(removed);
}

std::vector<std::string> names_of_nothing(const Mapping& mapping, const Catalogue& catalogue) {
  std::vector<std::string> warnings;
  for (const auto& field : mapping.fields) {
    std::vector<std::string> missing;
    for (const auto& [value, names] : field.names)
      if (!find_value(catalogue.facet(field.field.name), value)) missing.push_back(value);
    if (!missing.empty()) warnings.push_back("no item has the " + field.field.name + " " + join(missing, ", ") + ", for which the mapping gives other names");
  }
  return warnings;
}

}  // namespace fragua::catalogue
