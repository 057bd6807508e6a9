#include "engine/embed_batches.h"

#include <doctest/doctest.h>

using namespace fragua::engine;

namespace {

std::vector<std::vector<std::size_t>> batches_of(const std::vector<std::size_t>& lengths) {
  std::vector<std::vector<Token>> texts;
  for (const auto length : lengths) texts.emplace_back(length, Token(1));
  EmbedBatches work(std::move(texts));
  std::vector<std::vector<std::size_t>> batches;
  while (!work.is_done()) {
    const auto batch = work.next();
    REQUIRE(!batch.empty());
    batches.emplace_back(batch.begin(), batch.end());
  }
  CHECK(work.next().empty());
  return batches;
}

}  // namespace

TEST_CASE("embed batches: the longest text comes first and alone, short ones together, every text once") {
  CHECK(batches_of({3, 500, 60, 4}) == std::vector<std::vector<std::size_t>>{{1}, {2, 3}, {0}});
  CHECK(batches_of({10, 10, 10}) == std::vector<std::vector<std::size_t>>{{0, 1, 2}});
  CHECK(batches_of({}).empty());
  CHECK(batches_of({0, 0}) == std::vector<std::vector<std::size_t>>{{0, 1}});
}

TEST_CASE("embed batches: no more texts together than an embedding context has sequences for") {
  const auto batches = batches_of(std::vector<std::size_t>(40, 1));
  REQUIRE(batches.size() == 3);
  CHECK(batches[0].size() == kEmbedBatchTexts);
  CHECK(batches[2].size() == 8);
}
