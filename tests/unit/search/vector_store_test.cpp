#include "search/vector_store.h"

#include "vectors.h"

using namespace fragua::search;
using namespace fragua::search::tests;

TEST_CASE("vector store: exact is a cosine within 0.0001, coarse within its margin") {
  for (const std::size_t dimensions : {5, 384, 1500}) {
    VectorStore store(dimensions);
    const auto vectors = around_centres(600, dimensions, 1);
    for (std::size_t i = 0; i < vectors.size(); ++i) store.append(std::int64_t(i), store.scaled(vectors[i]));
    const auto query = store.scaled(vectors[0]);
    for (VectorStore::Slot slot = 0; slot < store.slots(); ++slot) {
      const auto truth = cosine(vectors[0], vectors[slot]);
      REQUIRE(std::abs(store.exact(query, slot) - truth) < 0.0001);
      REQUIRE(std::abs(store.coarse(query, slot) - store.exact(query, slot)) <= store.margin(query, slot));
      REQUIRE(std::abs(store.coarse(0, slot) - truth) < 0.05);
    }
  }
}

TEST_CASE("vector store: the last vector takes the place of a dropped one") {
  VectorStore store(8);
  const auto vectors = around_centres(300, 8, 1);
  for (std::size_t i = 0; i < vectors.size(); ++i) store.append(std::int64_t(i) + 1000, store.scaled(vectors[i]));
  store.drop(3);
  CHECK(store.slots() == 299);
  CHECK_FALSE(store.find(1003));
  CHECK(store.find(1299) == 3);
  CHECK(store.id(3) == 1299);
  CHECK(store.exact(store.scaled(vectors[299]), 3) == doctest::Approx(1).epsilon(0.001));
  store.drop(298);
  CHECK_FALSE(store.find(1298));
  CHECK(store.slots() == 298);
}

TEST_CASE("vector store: a forgotten id leaves its slot") {
  VectorStore store(2);
  store.append(1, store.scaled(Vector{1, 0}));
  store.append(2, store.scaled(Vector{0, 1}));
  store.forget(0);
  CHECK(store.slots() == 2);
  CHECK(store.ids() == 1);
  CHECK_FALSE(store.find(1));
}
