#include "api/embedding.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::api;

TEST_CASE("embedding: a text or a list of texts, and nothing else") {
  CHECK(read_texts(json::value("a"), "input") == std::vector<std::string>{"a"});
  CHECK(read_texts(json::value(json::array{"a", "b"}), "input").size() == 2);
  CHECK(read_texts(nullptr, "input").empty());
  CHECK_THROWS_WITH_AS(read_texts(json::value(5), "input"), doctest::Contains("input"), Error);
}

TEST_CASE("embedding: fewer dimensions keep the front and are of length one again") {
  engine::Embeddings embeddings{4, 1, {3, 4, 0, 0, 0, 1, 1, 1}};
  shorten(embeddings, 2);
  CHECK(embeddings.dimensions == 2);
  REQUIRE(embeddings.values.size() == 4);
  CHECK(embeddings.values[0] == doctest::Approx(0.6));
  CHECK(embeddings.values[1] == doctest::Approx(0.8));
  CHECK(embeddings.values[3] == doctest::Approx(1));
}

TEST_CASE("embedding: rows are printed one by one") {
  const auto rows = rows_to_json({2, 1, {1, 2, 3, 4}}, 2);
  CHECK(json::serialize(rows) == json::serialize(json::parse("[[1.0E0,2.0E0],[3.0E0,4.0E0]]")));
}
