#include "catalogue/datasets/search_set.h"

#include <doctest/doctest.h>

#include <set>

#include "base/json.h"
#include "unit/catalogue/concerts.h"

using namespace fragua;
using namespace fragua::catalogue;

TEST_CASE("search set: the small one asks for 33 values of the first facet and 28 of the second") {
  const auto set = small_search_set(tests::concert_catalogue(), 1);
  REQUIRE(set.size() == 61);
  CHECK(set[0].turns[1].content == "conciertos de thrash metal");
  CHECK(set[0].turns[2].content == R"({"genre": "thrash metal", "city": null, "date": null, "price_max": null})");
  std::size_t genres = 0, cities = 0;
  for (const auto& conversation : set) {
    const auto answer = parse_json(conversation.turns[2].content).as_object();
    genres += !answer.at("genre").is_null();
    cities += !answer.at("city").is_null();
  }
  CHECK(genres == 33);
  CHECK(cities == 28);
}

TEST_CASE("search set: a large one has no question twice, every answer is of the catalogue, and a seed makes it again") {
  const auto catalogue = tests::concert_catalogue();
  const auto set = search_set(catalogue, 500, 7);
  CHECK(set.size() == 500);
  std::set<std::string> questions;
  std::size_t nothing = 0;
  for (const auto& conversation : set) {
    questions.insert(conversation.turns[1].content);
    const auto answer = parse_json(conversation.turns[2].content).as_object();
    CHECK(answer.size() == 4);
    nothing += answer.at("genre").is_null() && answer.at("city").is_null();
    const auto city = answer.at("city");
    bool is_known = city.is_null();
    for (const auto& value : catalogue.facet("city")->values) is_known |= city == json::value(value.value);
    CHECK(is_known);
  }
  CHECK(questions.size() == 500);
  CHECK(nothing > 20);
  CHECK(written(search_set(catalogue, 50, 7), DatasetFormat::messages) == written(search_set(catalogue, 50, 7), DatasetFormat::messages));
  CHECK(written(search_set(catalogue, 50, 7), DatasetFormat::messages) != written(search_set(catalogue, 50, 8), DatasetFormat::messages));
}

TEST_CASE("search set: what is asked for in training is never asked for in validation") {
  const auto all = search_set(tests::concert_catalogue(), 400, 3);
  std::set<std::string> trained;
  for (const auto& conversation : part_of(all, Part::train)) trained.insert(conversation.turns[2].content);
  const auto validation = part_of(all, Part::validation);
  CHECK_FALSE(validation.empty());
  for (const auto& conversation : validation) CHECK_FALSE(trained.contains(conversation.turns[2].content));
}

TEST_CASE("search set: a misspelled word keeps its first letter, and short ones stay as they are") {
  Dice dice(1);
  for (int i = 0; i < 20; ++i) {
    const auto wrong = misspelled("valencia", dice);
    CHECK(wrong.front() == 'v');
    CHECK(wrong.size() >= 7);
    CHECK(wrong.size() <= 9);
  }
  CHECK(misspelled("oslo", dice) == "oslo");
}
