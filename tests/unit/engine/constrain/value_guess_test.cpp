#include "engine/constrain/value_guess.h"

#include <doctest/doctest.h>

#include "walk.h"

using namespace fragua::engine;

namespace {

constexpr const char* kFilter =
    R"({"type":"object","additionalProperties":false,"required":["genre","city","price"],"properties":{
       "genre":{"enum":["thrash metal","punk rock",null]},"city":{"enum":["Valencia","Bilbao",null]},"price":{"type":["number","null"]}}})";

struct Fixture {
  GrammarCompiler compiler{walk::vocabulary()};
  GrammarState state_of(const char* schema) {
    return GrammarState(compiler.compile({GrammarSpec::Kind::json_schema, schema, {}}));
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "value guess: the values that the question names, with the text around them") {
  auto state = state_of(kFilter);
  const auto text = ValueGuess("Busco thrash en valencia, por menos de 30 euros").next_text(state);
  CHECK(text == R"({"genre": "thrash metal", "city": "Valencia", "price": )");
  REQUIRE(state.accept_text(text));
  CHECK(ValueGuess("por menos de 30 euros").next_text(state) == "30");
}

TEST_CASE_FIXTURE(Fixture, "value guess: the state is as it was") {
  auto state = state_of(kFilter);
  REQUIRE(state.accept_text("{\"genre\": "));
  ValueGuess("punk en Bilbao").next_text(state);
  CHECK(state.text() == "{\"genre\": ");
  CHECK(state.accept_text("null"));
}

TEST_CASE_FIXTURE(Fixture, "value guess: a value begun is gone on with, and nothing is guessed where no word fits") {
  auto state = state_of(kFilter);
  REQUIRE(state.accept_text("{\"genre\": \""));
  CHECK(ValueGuess("PUNK").next_text(state).starts_with("punk rock\", \"city\": "));
  CHECK(ValueGuess("jazz en Tokio").next_text(state).empty());
}

TEST_CASE_FIXTURE(Fixture, "value guess: free text is left to the model") {
  auto state = state_of(R"({"type":"object","properties":{"title":{"type":"string"}},"required":["title"]})");
  REQUIRE(state.accept_text("{\"title\": \"a "));
  CHECK(ValueGuess("null 30 title a").next_text(state).empty());
}
