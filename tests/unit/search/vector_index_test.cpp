// The contract of every VectorIndex.
#include "search/vector_index.h"

#include <thread>

#include "search/flat/flat_index.h"
#include "search/usearch/usearch_index.h"
#include "vectors.h"

using namespace fragua;
using namespace fragua::search;
using namespace fragua::search::tests;

#define EVERY_INDEX FlatIndex, UsearchIndex

namespace {

constexpr std::size_t kDimensions = 48;

void add_all(VectorIndex& index, const std::vector<Vector>& vectors) {
  for (std::size_t i = 0; i < vectors.size(); ++i) index.add(std::int64_t(i), vectors[i]);
}

}  // namespace

TEST_CASE_TEMPLATE("vector index: an empty one finds nothing", Index, EVERY_INDEX) {
  Index index(kDimensions);
  CHECK(index.size() == 0);
  CHECK(index.search(around_centres(1, kDimensions, 0)[0], 10, {}).empty());
  index.remove(1);
  CHECK(index.size() == 0);
}

TEST_CASE_TEMPLATE("vector index: the nearest come first, with their cosines", Index, EVERY_INDEX) {
  Index index(kDimensions);
  const auto vectors = around_centres(1000, kDimensions, 1);
  add_all(index, vectors);
  CHECK(index.size() == vectors.size());
  for (const auto& query : around_centres(20, kDimensions, 1, 2)) {
    const auto found = index.search(query, 10, {});
    const auto best = brute_force(vectors, query, 10);
    REQUIRE(found.size() == 10);
    CHECK(recall(found, best) >= 0.9);
    CHECK(found[0].id == best[0].id);
    for (std::size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].score == doctest::Approx(cosine(vectors[std::size_t(found[i].id)], query)).epsilon(0.0001));
      CHECK((i == 0 || found[i - 1].score >= found[i].score));
    }
  }
}

TEST_CASE_TEMPLATE("vector index: no more than k, and no more than there are", Index, EVERY_INDEX) {
  Index index(kDimensions);
  const auto vectors = around_centres(30, kDimensions, 1);
  add_all(index, vectors);
  CHECK(index.search(vectors[0], 0, {}).empty());
  CHECK(index.search(vectors[0], 7, {}).size() == 7);
  CHECK(index.search(vectors[0], 1000, {}).size() == 30);
}

TEST_CASE_TEMPLATE("vector index: what is removed is found no more, and its id may come again", Index, EVERY_INDEX) {
  Index index(kDimensions);
  const auto vectors = around_centres(400, kDimensions, 1);
  add_all(index, vectors);
  for (std::int64_t id = 0; id < 400; id += 2) index.remove(id);
  index.remove(0);
  CHECK(index.size() == 200);
  for (const auto& vector : vectors)
    for (const auto& hit : index.search(vector, 10, {})) CHECK(hit.id % 2 == 1);
  for (std::size_t id = 0; id < 400; id += 2) index.add(std::int64_t(id), vectors[id]);
  CHECK(index.size() == 400);
  std::size_t found = 0;
  for (std::size_t id = 0; id < 400; ++id) found += holds(index.search(vectors[id], 1, {}), std::int64_t(id));
  CHECK(found >= 396);
}

TEST_CASE_TEMPLATE("vector index: an id that is added again has its new vector", Index, EVERY_INDEX) {
  Index index(kDimensions);
  const auto vectors = around_centres(100, kDimensions, 1);
  add_all(index, vectors);
  auto moved = vectors[5];
  for (float& value : moved) value = -value;
  index.add(5, moved);
  CHECK(index.size() == 100);
  CHECK(index.search(moved, 1, {})[0].id == 5);
  CHECK(index.search(vectors[5], 1, {})[0].id != 5);
}

TEST_CASE_TEMPLATE("vector index: everything can go and come back", Index, EVERY_INDEX) {
  Index index(kDimensions);
  const auto vectors = around_centres(700, kDimensions, 1);
  for (int round = 0; round < 3; ++round) {
    add_all(index, vectors);
    CHECK(index.search(vectors[3], 1, {})[0].id == 3);
    for (std::int64_t id = 0; id < 700; ++id) index.remove(id);
    CHECK(index.size() == 0);
    CHECK(index.search(vectors[3], 5, {}).empty());
  }
}

TEST_CASE_TEMPLATE("vector index: a filter decides, whether it lets many pass or one", Index, EVERY_INDEX) {
  Index index(kDimensions);
  const auto vectors = around_centres(1500, kDimensions, 1);
  add_all(index, vectors);
  const auto half = index.search(vectors[0], 10, [](std::int64_t id) { return id % 2 == 1; });
  CHECK(half.size() == 10);
  for (const auto& hit : half) CHECK(hit.id % 2 == 1);
  const auto one = index.search(vectors[0], 10, [](std::int64_t id) { return id == 777; });
  REQUIRE(one.size() == 1);
  CHECK(one[0].id == 777);
  CHECK(index.search(vectors[0], 10, [](std::int64_t) { return false; }).empty());
}

TEST_CASE_TEMPLATE("vector index: among given ids it finds the nearest of them, whatever else is nearer", Index, EVERY_INDEX) {
  Index index(kDimensions);
  const auto vectors = around_centres(500, kDimensions, 1);
  add_all(index, vectors);
  index.remove(40);
  const std::vector<std::int64_t> ids{30, 40, 50, 60, 9999};
  const auto found = index.search_among(vectors[50], 10, ids);
  REQUIRE(found.size() == 3);
  CHECK(found[0].id == 50);
  CHECK(found[1].score >= found[2].score);
  CHECK(index.search_among(vectors[50], 1, ids).size() == 1);
  CHECK(index.search_among(vectors[50], 5, {}).empty());
}

TEST_CASE_TEMPLATE("vector index: any number of dimensions, any id, any length", Index, EVERY_INDEX) {
  for (const std::size_t dimensions : {1, 3, 31, 33, 1025, 3000}) {
    Index index(dimensions);
    std::mt19937 random(5);
    std::vector<Vector> vectors;
    for (int i = 0; i < 20; ++i) vectors.push_back(random_vector(random, dimensions));
    for (std::size_t i = 0; i < vectors.size(); ++i) index.add(std::int64_t(i) * 1'000'000'000'000 - 7, vectors[i]);
    const auto found = index.search(vectors[4], 1, {});
    CHECK(found[0].score == doctest::Approx(1).epsilon(0.0001));
    CHECK((dimensions == 1 || found[0].id == 4'000'000'000'000 - 7));
  }
  Index index(2);
  index.add(1, Vector{0, 0});
  index.add(2, Vector{100, 0});
  CHECK(index.search(Vector{1, 0}, 2, {})[0].id == 2);
}

TEST_CASE_TEMPLATE("vector index: what is no vector of it is refused", Index, EVERY_INDEX) {
  Index index(3);
  index.add(1, Vector{1, 0, 0});
  CHECK(code_of([&] { index.add(2, Vector{1, 0}); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { index.add(2, Vector{1, 0, NAN}); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { index.search(Vector{1, 0, INFINITY}, 1, {}); }) == ErrorCode::invalid_argument);
  CHECK(code_of([&] { index.search(Vector{1}, 1, {}); }) == ErrorCode::invalid_argument);
  CHECK(code_of([] { Index none(0); }) == ErrorCode::invalid_argument);
  CHECK(code_of([] { Index large(kDimensionsMax + 1); }) == ErrorCode::invalid_argument);
  CHECK(index.size() == 1);
}

TEST_CASE_TEMPLATE("vector index: readers find what is there while a writer adds and removes", Index, EVERY_INDEX) {
  Index index(kDimensions);
  const auto vectors = around_centres(1200, kDimensions, 1);
  for (std::size_t i = 0; i < 600; ++i) index.add(std::int64_t(i), vectors[i]);
  std::vector<std::size_t> missed(3);
  std::vector<std::thread> readers;
  for (std::size_t reader = 0; reader < missed.size(); ++reader)
    readers.emplace_back([&, reader] {
      for (std::size_t i = 0; i < 300; ++i) missed[reader] += !holds(index.search(vectors[i], 3, {}), std::int64_t(i));
    });
  for (std::size_t i = 600; i < vectors.size(); ++i) {
    index.add(std::int64_t(i), vectors[i]);
    if (i % 3 == 0) index.remove(std::int64_t(i - 100));
  }
  for (auto& reader : readers) reader.join();
  for (const auto count : missed) CHECK(count <= 6);
}

TEST_CASE_TEMPLATE("vector index: memory is about two bytes a dimension", Index, EVERY_INDEX) {
  Index index(384);
  const auto vectors = around_centres(1536, 384, 1);
  add_all(index, vectors);
  const auto bytes = index.memory_bytes();
  CHECK(bytes >= 1536 * 384 * 2);
  CHECK(bytes <= 1536 * (384 * 2 + 400));
}
