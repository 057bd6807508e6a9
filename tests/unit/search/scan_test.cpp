#include "search/scan.h"

#include "vectors.h"

using namespace fragua::search;
using namespace fragua::search::tests;

TEST_CASE("scan: only what passes is found, and all of it when there are fewer than k") {
  VectorStore store(16);
  const auto vectors = around_centres(500, 16, 1);
  for (std::size_t i = 0; i < vectors.size(); ++i) store.append(std::int64_t(i), store.scaled(vectors[i]));
  const auto query = store.scaled(vectors[7]);
  const auto found = scan(store, query, 30, [](VectorStore::Slot slot) { return slot % 100 == 7; });
  REQUIRE(found.size() == 5);
  CHECK(found[0].id == 7);
  CHECK(scan(store, query, 0, [](VectorStore::Slot) { return true; }).empty());
}
