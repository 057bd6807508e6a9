#include "catalogue/model_maker.h"

#include "import_bench.h"
#include "modelfile/modelfile.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

Mapping mapping_with_models() { return parse_mapping(kSmallMapping + "[search]\nmodel = \"search-nlp\"\n[assistant]\nmodel = \"helper\"\nfrom = \"other-base\"\n"); }

Catalogue small_catalogue(const Mapping& mapping, std::int64_t items) {
  Catalogue catalogue;
  catalogue.title = mapping.title;
  catalogue.words = mapping.words;
  catalogue.items = items;
  return catalogue;
}

}  // namespace

TEST_CASE("model maker: the Modelfile holds the mapping's words and the data's figures") {
  auto mapping = mapping_with_models();
  mapping.search.from = "base";
  const auto file = modelfile::parse(search_modelfile(mapping, small_catalogue(mapping, 419)));
  CHECK(file.from == std::vector<std::string>{"base"});
  CHECK(has(file.system, "Conciertos: 419 conciertos"));
  CHECK(file.parameters[0].name == "temperature");
  mapping.assistant.system = "Eres el asistente.";
  CHECK(modelfile::parse(assistant_modelfile(mapping, small_catalogue(mapping, 419))).system.starts_with("Eres el asistente.\n\nConciertos: 419"));
}

TEST_CASE("model maker: without its base a model is not made, and people are told what to pull") {
  ImportBench bench;
  const auto mapping = mapping_with_models();
  const auto catalogue = small_catalogue(mapping, 1);
  MadeModels made;
  const auto outcomes = bench.maker.make({mapping, catalogue, "", false}, made);
  REQUIRE(outcomes.size() == 2);
  CHECK(outcomes[0].what == "missing_base");
  CHECK(has(outcomes[1].about, "fragua pull other-base"));
  CHECK(made.empty());
}
