#include "catalogue/question/model_values.h"

#include <doctest/doctest.h>

#include "base/json.h"
#include "unit/catalogue/concerts.h"

using namespace fragua;
using namespace fragua::catalogue;

namespace {

struct Asked {
  FacetIndex index{tests::concert_catalogue()};
  Day today = *parse_day("2025-11-10");
  QuestionReading reading;
  std::vector<NearValue> near;

  explicit Asked(std::string_view text) : reading(read_question(index, text, today)), near(near_values(index, reading, {})) {}
  Understanding answered(std::string_view answer) {
    take_answer(index, parse_json(answer).as_object(), near, reading);
    return finish(index, reading, {}, today);
  }
};

}  // namespace

TEST_CASE("model values: a model may choose among near values, or none") {
  Asked asked("punk en Belensya");
  const auto question = ask_which(asked.index, asked.reading, asked.near);
  CHECK(to_json(question.schema) == R"({"type":"object","properties":{"city":{"enum":["Valencia",null]}},"required":["city"],"additionalProperties":false})");
  CHECK(question.question == "Question: punk en Belensya\nUnknown words: Belensya");
  const auto chosen = Asked("punk en Belensya").answered(R"({"city": "Valencia"})");
  CHECK(chosen.filter.facets.at("city") == std::vector<std::string>{"Valencia"});
  CHECK(chosen.traces.back().how == "model");
  CHECK(chosen.traces.back().words == "Belensya");
  CHECK(chosen.not_understood.empty());
  const auto none = Asked("punk en Belensya").answered(R"({"city": null})");
  CHECK_FALSE(none.filter.facets.contains("city"));
  CHECK(none.not_understood == std::vector<std::string>{"Belensya"});
}

TEST_CASE("model values: what was not near is never taken, whatever the model says") {
  for (const auto answer : {R"({"city": "London"})", R"({"genre": "death metal"})", R"({"city": 7})", "{}"}) {
    const auto result = Asked("Belensya").answered(answer);
    CHECK(result.filter.facets.empty());
    CHECK(result.not_understood.size() == 1);
  }
}

TEST_CASE("model values: without rules the answer is held to the catalogue's values all the same") {
  const auto catalogue = tests::concert_catalogue();
  const auto asked = ask_all(catalogue, "punk en Londres");
  CHECK(asked.schema.at("properties").as_object().size() == 4);
  CHECK(asked.instructions.find("\"barato\" means 30") != std::string::npos);
  const auto answer = parse_json(R"({"genre": "punk rock", "city": "Tokio", "date": "next_month", "price_max": 20})").as_object();
  const auto result = understand_all(catalogue, answer, *parse_day("2025-11-10"));
  CHECK(result.filter.facets.size() == 1);
  CHECK(result.filter.days->from == "2025-12-01");
  CHECK(*result.filter.price_max == 20);
  require_valid(catalogue, result.filter);
}
