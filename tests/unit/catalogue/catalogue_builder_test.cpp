#include "catalogue/catalogue_builder.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

Figures figures_with(std::vector<FacetValue> cities) {
  Figures figures;
  figures.items = 3;
  figures.first_day = "2026-01-01";
  figures.facets["city"] = std::move(cities);
  return figures;
}

}  // namespace

TEST_CASE("catalogue builder: values come from the data, their other names from the mapping") {
  const auto mapping = parse_mapping(kSmallMapping);
  const auto catalogue = build_catalogue(mapping, figures_with({{"Vigo", 2, {}}, {"London", 1, {}}}));
  CHECK(catalogue.items == 3);
  REQUIRE(catalogue.facets.size() == 1);
  CHECK(catalogue.facets[0].label == "ciudad");
  CHECK(catalogue.facets[0].values[0].names.empty());
  CHECK(catalogue.facets[0].values[1].names == std::vector<std::string>{"Londres"});
  CHECK(summaries_of(catalogue)[0].most == std::vector<std::string>{"Vigo (2)", "London (1)"});
  CHECK(names_of_nothing(mapping, catalogue).empty());
  const auto without = build_catalogue(mapping, figures_with({{"Vigo", 3, {}}}));
  CHECK(names_of_nothing(mapping, without) == std::vector<std::string>{"no item has the city London, for which the mapping gives other names"});
}

TEST_CASE("catalogue builder: values that came and went are told against the version before") {
  const auto mapping = parse_mapping(kSmallMapping);
  const auto before = build_catalogue(mapping, figures_with({{"Vigo", 2, {}}, {"London", 1, {}}}));
  const auto after = build_catalogue(mapping, figures_with({{"Vigo", 2, {}}, {"Lugo", 1, {}}}));
  Changes changes;
  compare_values(&before, after, changes);
  CHECK(changes.values_added.at("city") == std::vector<std::string>{"Lugo"});
  CHECK(changes.values_removed.at("city") == std::vector<std::string>{"London"});
  Changes none;
  compare_values(nullptr, after, none);
  CHECK(none.values_added.empty());
}

TEST_CASE("catalogue builder: a facet that nobody could choose from is refused") {
  std::vector<FacetValue> values(kFacetValuesMax + 1);
  CHECK(has(complaint_of([&] { build_catalogue(parse_mapping(kSmallMapping), figures_with(std::move(values))); }), "make it a \"text\""));
}
