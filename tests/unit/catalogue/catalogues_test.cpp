#include "catalogue/catalogues.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

CataloguePointer named(const std::string& name, const std::string& search) {
  Catalogue catalogue;
  catalogue.name = name;
  catalogue.search.model = search;
  catalogue.assistant.model = name + "-assistant";
  return std::make_shared<const Catalogue>(std::move(catalogue));
}

}  // namespace

TEST_CASE("catalogues: found by name, in order, and the newest of a name counts") {
  ImportBench bench;
  bench.catalogues.put(named("tickets", "a"));
  bench.catalogues.put(named("flats", "b"));
  bench.catalogues.put(named("tickets", "c"));
  REQUIRE(bench.catalogues.list().size() == 2);
  CHECK(bench.catalogues.list()[0]->name == "flats");
  CHECK(bench.catalogues.require("tickets")->search.model == "c");
  CHECK(complaint_of([&] { bench.catalogues.require("cars"); }) == "there is no catalogue 'cars'");
  bench.catalogues.forget("tickets");
  CHECK(bench.catalogues.list().size() == 1);
}

TEST_CASE("catalogues: a model is bound with its tag and without") {
  ImportBench bench;
  bench.catalogues.put(named("tickets", "search-nlp"));
  for (const auto* name : {"search-nlp", "search-nlp:latest", "Search-NLP"}) CHECK_MESSAGE(bench.catalogues.bound_to(name)->role == Role::search, name);
  CHECK(bench.catalogues.bound_to("tickets-assistant:latest")->role == Role::assistant);
  CHECK(!bench.catalogues.bound_to("search-nlp:v2"));
  CHECK(!bench.catalogues.bound_to("qwen"));
  CHECK(!bench.catalogues.bound_to(""));
}

TEST_CASE("catalogues: what was imported is there after a start") {
  ImportBench bench;
  bench.import("item('1','Vigo',10)\nreport(1)");
  Catalogues again(bench.store);
  again.load();
  CHECK(again.require("tickets")->facets[0].values[0].value == "Vigo");
  CHECK(again.require("tickets")->number > 0);
}
