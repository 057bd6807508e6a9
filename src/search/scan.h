// Scan: the k best of all slots of a store that pass a test, exactly.
// Callers: flat, and usearch when a filter leaves few. Threads: the caller holds the store still.
// The test is asked only for what may be among the best.
#pragma once
#include <functional>

#include "search/vector_store.h"

namespace fragua::search {

using SlotTest = std::function<bool(VectorStore::Slot slot)>;

std::vector<Hit> scan(const VectorStore& store, const VectorStore::Scaled& query, std::size_t k, const SlotTest& passes);

}  // namespace fragua::search
