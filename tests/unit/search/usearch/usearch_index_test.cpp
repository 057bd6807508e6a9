#include "search/usearch/usearch_index.h"

#include <atomic>
#include <thread>

#include "../vectors.h"

using namespace fragua::search;
using namespace fragua::search::tests;

namespace {

double mean_recall(const UsearchIndex& index, const std::vector<Vector>& vectors, const std::vector<Vector>& queries) {
  double sum = 0;
  for (const auto& query : queries) sum += recall(index.search(query, 10, {}), brute_force(vectors, query, 10));
  return sum / double(queries.size());
}

}  // namespace

TEST_CASE("usearch index: finds nearly all of the nearest among 4,000") {
  UsearchIndex index(64);
  const auto vectors = around_centres(4000, 64, 1);
  for (std::size_t i = 0; i < vectors.size(); ++i) index.add(std::int64_t(i), vectors[i]);
  CHECK(mean_recall(index, vectors, around_centres(50, 64, 1, 4)) >= 0.97);
}

TEST_CASE("usearch index: stays as good when most of it was replaced") {
  UsearchIndex index(64);
  const auto old = around_centres(1500, 64, 1, 11), vectors = around_centres(1500, 64, 1);
  for (std::size_t i = 0; i < old.size(); ++i) index.add(std::int64_t(i) + 100'000, old[i]);
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    index.remove(std::int64_t(i) + 100'000);
    index.add(std::int64_t(i), vectors[i]);
  }
  CHECK(index.size() == vectors.size());
  CHECK(mean_recall(index, vectors, around_centres(50, 64, 1, 4)) >= 0.95);
}

TEST_CASE("usearch index: a filter that lets few pass still finds the nearest of them") {
  UsearchIndex index(64);
  const auto vectors = around_centres(2500, 64, 1);
  std::vector<Vector> few;
  for (std::size_t i = 0; i < vectors.size(); ++i) index.add(std::int64_t(i), vectors[i]);
  for (std::size_t i = 0; i < vectors.size(); i += 125) few.push_back(vectors[i]);
  for (const auto& query : around_centres(20, 64, 1, 4)) {
    const auto found = index.search(query, 5, [](std::int64_t id) { return id % 125 == 0; });
    const auto best = brute_force(few, query, 5);
    REQUIRE(found.size() == 5);
    // By score: of two that are as near as the index can tell, either may come first.
    for (std::size_t i = 0; i < 5; ++i) {
      CHECK(found[i].id % 125 == 0);
      CHECK(std::abs(found[i].score - best[i].score) < 0.0002);
    }
  }
}

TEST_CASE("usearch index: more searches than it has places wait for their turn") {
  UsearchIndex index(16, {.searches_max = 2});
  const auto vectors = around_centres(500, 16, 1);
  for (std::size_t i = 0; i < vectors.size(); ++i) index.add(std::int64_t(i), vectors[i]);
  std::atomic<int> found = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      for (int n = 0; n < 50; ++n) found += !index.search(vectors[std::size_t(i)], 1, {}).empty();
    });
  for (auto& thread : threads) thread.join();
  CHECK(found == 8 * 50);
}
