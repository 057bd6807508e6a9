#include "search/fusion.h"

#include <doctest/doctest.h>

using namespace fragua::search;

TEST_CASE("fusion: a hit has the mean of what it has in both lists, from 0 to 1") {
  const auto fused = fuse({{1, 8.0}, {2, 6.0}}, {{3, 0.9}, {2, 0.88}, {4, 0.8}}, {});
  REQUIRE(fused.size() == 4);
  CHECK(fused[0].id == 2);
  CHECK(fused[0].score == doctest::Approx((0.75 + 0.8) / 2));
  CHECK(fused[1].id == 1);
  CHECK(fused[1].score == doctest::Approx(0.5));
  CHECK(fused[2].id == 3);
  CHECK(fused[3].score == 0);
}

TEST_CASE("fusion: a hit keeps its place and score in both lists") {
  const auto fused = fuse({{1, 9.0}, {2, 8.0}}, {{2, 0.8}}, {});
  CHECK(fused[0].id == 2);
  CHECK(fused[0].text->rank == 2);
  CHECK(fused[0].text->score == 8.0);
  CHECK(fused[0].vector->rank == 1);
  CHECK(fused[0].vector->score == 0.8);
  CHECK_FALSE(fused[1].vector);
  CHECK_FALSE(fused[0].evidence);
}

TEST_CASE("fusion: weights decide, equals come in the order of their ids") {
  CHECK(fuse({{1, 1.0}}, {{2, 1.0}}, {.text_weight = 1, .vector_weight = 2})[0].id == 2);
  CHECK(fuse({{1, 1.0}}, {{2, 1.0}}, {.text_weight = 2, .vector_weight = 1})[0].id == 1);
  CHECK(fuse({{5, 1.0}}, {{2, 1.0}}, {})[0].id == 2);
}

TEST_CASE("fusion: one list, or none, is enough") {
  CHECK(fuse({}, {}, {}).empty());
  CHECK(fuse({{1, 3.0}, {2, 2.0}}, {}, {})[1].id == 2);
  CHECK(fuse({}, {{7, 0.8}, {8, 0.8}}, {})[0].score == doctest::Approx(0.5));
}

TEST_CASE("fusion: evidence lifts a hit, and what was not looked at stays behind") {
  auto hits = fuse({{1, 9.0}, {2, 8.0}, {3, 1.0}}, {{1, 0.9}, {2, 0.88}, {3, 0.8}}, {});
  weigh_evidence(hits, {0.1, 1.0}, {});
  CHECK(hits[0].id == 2);
  CHECK(hits[0].evidence == 1.0);
  CHECK(hits[0].score <= 1);
  CHECK(hits[1].id == 1);
  CHECK(hits[2].id == 3);
  CHECK_FALSE(hits[2].evidence);
}
