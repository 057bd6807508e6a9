#include "catalogue/question/questions.h"

#include "unit/catalogue/bench.h"
#include "unit/catalogue/question/fake_model_reader.h"

using namespace fragua;
using namespace fragua::catalogue;
using fragua::catalogue::tests::CatalogueBench;
using fragua::catalogue::tests::FakeModelReader;

namespace {

struct Bench : CatalogueBench {
  ManualClock clock;
  FakeModelReader model;
  Questions questions{catalogues, model, clock};

  Understanding ask(const std::string& question, Mode mode = Mode::combined) { return run(questions.understand(catalogue, question, mode)); }
};

json::object city(json::value value) {
  json::object answer;
  answer["city"] = std::move(value);
  return answer;
}

}  // namespace

TEST_CASE("questions: what the rules understand asks no model") {
  Bench bench;
  const auto result = bench.ask("thrash metal en Valencia, y jazz con orquesta en Tokio");
  CHECK(result.filter.facets.at("genre").front() == "thrash metal");
  CHECK(result.filter.text == "orquesta");
  CHECK(result.not_understood == std::vector<std::string>{"jazz", "Tokio"});
  CHECK_FALSE(result.asked_model);
  CHECK(bench.model.asked.empty());
}

TEST_CASE("questions: a word that is near to a value is asked about, and the answer needs it") {
  Bench bench;
  bench.model.answer = city("Valencia");
  const auto result = bench.ask("punk en Belensya");
  CHECK(result.asked_model);
  CHECK(bench.model.asked == std::vector<std::string>{"search-nlp: Question: punk en Belensya\nUnknown words: Belensya"});
  CHECK(result.filter.facets.at("city").front() == "Valencia");
  bench.model.answer = city("London");
  CHECK_FALSE(bench.ask("punk en Belensya").filter.facets.contains("city"));
  bench.model.answer.reset();
  CHECK(bench.ask("punk en Belensya").not_understood == std::vector<std::string>{"Belensya"});
}

TEST_CASE("questions: the modes for measuring use rules alone, or the model alone") {
  Bench bench;
  bench.model.answer = city("Valencia");
  CHECK_FALSE(bench.ask("punk en Belensya", Mode::rules).asked_model);
  CHECK(bench.model.asked.empty());
  const auto all = bench.ask("lo que sea", Mode::model);
  CHECK(all.filter.facets.at("city").front() == "Valencia");
  CHECK(mode_named("") == Mode::combined);
  CHECK(mode_named("rules") == Mode::rules);
  CHECK_THROWS_AS(mode_named("magic"), Error);
}

TEST_CASE("questions: today is the day in the catalogue's time zone") {
  Bench bench;   // the clock begins at the turn of a year, UTC
  CHECK(text_of(bench.questions.today(*bench.catalogue)) == text_of(local_day(bench.clock.system(), "Europe/Madrid")));
  CHECK(bench.ask("hoy").filter.days->from == text_of(bench.questions.today(*bench.catalogue)));
}

TEST_CASE("questions: an import gives a catalogue a new index") {
  Bench bench;
  const auto first = bench.questions.index_of(bench.catalogue);
  CHECK(bench.questions.index_of(bench.catalogue) == first);
  auto changed = *bench.catalogue;
  changed.facets[0].values.push_back({"viking metal", 1, {}});
  const auto next = std::make_shared<const Catalogue>(changed);
  CHECK(bench.questions.index_of(next)->find("viking") != nullptr);
  CHECK(first->find("viking") == nullptr);
}
