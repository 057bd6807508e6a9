#include "catalogue/question/search_answerer.h"

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
  SearchAnswerer answerer{questions};

  static Task<std::string> text_of_answer(RoleAnswerer& role, BoundRequest request) {
    auto generation = co_await role.answer(std::move(request));
    std::string text;
    while (const auto event = co_await generation->next()) {
      if (const auto* delta = std::get_if<engine::Delta>(&*event)) text += delta->content;
      if (const auto* done = std::get_if<engine::Done>(&*event)) text += " [" + done->reason + "]";
    }
    co_return text;
  }

  std::string say(std::vector<engine::Message> messages, json::object options = {}) {
    models::StoredModel model{.name = models::ModelName::require("search-nlp"), .digest = models::Digest::of("m")};
    BoundRequest request{catalogue, std::move(model), {}, {}, {}};
    request.request.messages = std::move(messages);
    request.options = std::move(options);
    return run(text_of_answer(answerer, std::move(request)));
  }
};

engine::Message message(std::string role, std::string content) {
  engine::Message made;
  made.role = std::move(role);
  made.content = std::move(content);
  return made;
}

}  // namespace

TEST_CASE("search answerer: the last question is answered with one line of JSON and an end") {
  Bench bench;
  CHECK(bench.say({message("user", "punk en Madrid"), message("assistant", "…"), message("user", "thrash metal en Valencia")}) ==
        R"({"genre": "thrash metal", "city": "Valencia", "date": null, "price_max": null} [stop])");
}

TEST_CASE("search answerer: how it reads a question can be chosen, to measure") {
  Bench bench;
  json::object options;
  options["search_mode"] = "rules";
  CHECK(bench.say({message("user", "Belensya")}, options).find("\"city\": null") != std::string::npos);
  CHECK(bench.model.asked.empty());
  options["search_mode"] = "guess";
  CHECK_THROWS_AS(bench.say({message("user", "x")}, options), Error);
}
