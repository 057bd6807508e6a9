#include "unit/catalogue/bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using fragua::catalogue::tests::CatalogueBench;

TEST_CASE("catalogues: a filter is checked before it is looked up") {
  CatalogueBench bench;
  Filter filter;
  filter.facets["genre"] = {"death metal"};
  CHECK(bench.run(bench.catalogues.find(bench.catalogue, filter)).total == 1);
  filter.facets["genre"] = {"jazz"};
  CHECK_THROWS_AS(bench.run(bench.catalogues.find(bench.catalogue, filter)), Error);
}

TEST_CASE("catalogues: items, known words and titles are looked up beside the loop") {
  CatalogueBench bench;
  CHECK(bench.run(bench.catalogues.items(bench.catalogue, {"e2"})).size() == 1);
  CHECK_THROWS_AS(bench.run(bench.catalogues.items(bench.catalogue, std::vector<std::string>(101, "e2"))), Error);
  CHECK(bench.run(bench.catalogues.known(bench.catalogue, {{"rituales"}, {"ritual"}})).size() == 2);
  CHECK(bench.run(bench.catalogues.titled(bench.catalogue, "madrid", 10)).size() == 2);
}
