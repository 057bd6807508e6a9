// FlatIndex: the exact VectorIndex. Reads all vectors for each search: about 2 ms for 100,000 of 384 dimensions.
// Callers: documents, for collections of ordinary size. Threads: as VectorIndex says.
// The coarse plane of the store rules out what cannot be among the best; the rest is compared exactly.
#pragma once
#include <shared_mutex>

#include "search/vector_index.h"
#include "search/vector_store.h"

namespace fragua::search {

class FlatIndex final : public VectorIndex {
 public:
  explicit FlatIndex(std::size_t dimensions) : store_(dimensions) {}

  void add(std::int64_t id, std::span<const float> vector) override;
  void remove(std::int64_t id) override;
  std::vector<Hit> search(std::span<const float> query, std::size_t k, const Filter& filter) const override;
  std::vector<Hit> search_among(std::span<const float> query, std::size_t k, std::span<const std::int64_t> ids) const override;
  std::size_t size() const override;
  std::size_t memory_bytes() const override;

 private:
  mutable std::shared_mutex mutex_;
  VectorStore store_;
};

}  // namespace fragua::search
