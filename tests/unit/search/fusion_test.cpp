#include "search/fusion.h"

#include <doctest/doctest.h>

using namespace fragua::search;

TEST_CASE("fusion: what both lists have comes before what one has") {
  const auto fused = fuse({{1, 9.0}, {2, 8.0}}, {{3, 0.9}, {2, 0.8}}, {});
  REQUIRE(fused.size() == 3);
  CHECK(fused[0].id == 2);
  CHECK(fused[0].score == doctest::Approx(2.0 / 62));
  CHECK(fused[1].id == 1);
  CHECK(fused[2].id == 3);
}

TEST_CASE("fusion: a hit keeps its place and score in both lists") {
  const auto fused = fuse({{1, 9.0}, {2, 8.0}}, {{2, 0.8}}, {});
  CHECK(fused[0].text->rank == 2);
  CHECK(fused[0].text->score == 8.0);
  CHECK(fused[0].vector->rank == 1);
  CHECK(fused[0].vector->score == 0.8);
  CHECK_FALSE(fused[1].vector);
}

TEST_CASE("fusion: weights decide who wins a tie") {
  CHECK(fuse({{1, 1.0}}, {{2, 1.0}}, {.text_weight = 1, .vector_weight = 2})[0].id == 2);
  CHECK(fuse({{1, 1.0}}, {{2, 1.0}}, {.text_weight = 2, .vector_weight = 1})[0].id == 1);
  CHECK(fuse({{5, 1.0}}, {{2, 1.0}}, {})[0].id == 2);
}

TEST_CASE("fusion: one list, or none, is enough") {
  CHECK(fuse({}, {}, {}).empty());
  CHECK(fuse({{1, 3.0}, {2, 2.0}}, {}, {})[1].id == 2);
}
