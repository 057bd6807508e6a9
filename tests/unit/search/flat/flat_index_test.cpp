#include "search/flat/flat_index.h"

#include "../vectors.h"

using namespace fragua::search;
using namespace fragua::search::tests;

TEST_CASE("flat index: finds exactly what reading every vector in doubles finds") {
  for (const float spread : {0.05F, 0.3F, 3.0F}) {
    FlatIndex index(384);
    const auto vectors = around_centres(3000, 384, spread);
    for (std::size_t i = 0; i < vectors.size(); ++i) index.add(std::int64_t(i), vectors[i]);
    for (const auto& query : around_centres(10, 384, spread, 3)) {
      const auto found = index.search(query, 20, {});
      const auto best = brute_force(vectors, query, 20);
      REQUIRE(found.size() == best.size());
      // Neighbours closer together than the store is exact may change places.
      for (std::size_t i = 0; i < best.size(); ++i) CHECK(found[i].score == doctest::Approx(best[i].score).epsilon(0.00005));
    }
  }
}

TEST_CASE("flat index: equals come in the order of their ids") {
  FlatIndex index(4);
  for (const std::int64_t id : {9, 3, 7, 1}) index.add(id, Vector{0, 1, 0, 0});
  const auto found = index.search(Vector{0, 1, 0, 0}, 3, {});
  REQUIRE(found.size() == 3);
  CHECK(found[0].id == 1);
  CHECK(found[1].id == 3);
  CHECK(found[2].id == 7);
}

TEST_CASE("flat index: the filter is asked for few of the ids") {
  FlatIndex index(64);
  const auto vectors = around_centres(5000, 64, 1);
  for (std::size_t i = 0; i < vectors.size(); ++i) index.add(std::int64_t(i), vectors[i]);
  std::size_t asked = 0;
  index.search(vectors[0], 10, [&](std::int64_t) { return ++asked > 0; });
  CHECK(asked < 500);
}

TEST_CASE("flat index: memory goes when vectors go") {
  FlatIndex index(384);
  const auto vectors = around_centres(2000, 384, 1);
  for (std::size_t i = 0; i < vectors.size(); ++i) index.add(std::int64_t(i), vectors[i]);
  const auto full = index.memory_bytes();
  for (std::int64_t id = 0; id < 1900; ++id) index.remove(id);
  CHECK(index.memory_bytes() < full / 3);
  CHECK(index.search(vectors[1950], 1, {})[0].id == 1950);
}
