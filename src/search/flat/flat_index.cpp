#include "search/flat/flat_index.h"

#include <mutex>

#include "search/scan.h"

namespace fragua::search {

void FlatIndex::add(std::int64_t id, std::span<const float> vector) {
  const auto scaled = store_.scaled(vector);
  const std::unique_lock lock(mutex_);
  if (const auto slot = store_.find(id)) store_.assign(*slot, id, scaled);
  else store_.append(id, scaled);
}

void FlatIndex::remove(std::int64_t id) {
  const std::unique_lock lock(mutex_);
  if (const auto slot = store_.find(id)) store_.drop(*slot);
}

std::vector<Hit> FlatIndex::search(std::span<const float> query, std::size_t k, const Filter& filter) const {
  const auto scaled = store_.scaled(query);
  const std::shared_lock lock(mutex_);
  return scan(store_, scaled, k, [&](VectorStore::Slot slot) { return !filter || filter(store_.id(slot)); });
}

std::vector<Hit> FlatIndex::search_among(std::span<const float> query, std::size_t k, std::span<const std::int64_t> ids) const {
  const auto scaled = store_.scaled(query);
  const std::shared_lock lock(mutex_);
  return store_.best(scaled, store_.slots_of(ids), k);
}

std::size_t FlatIndex::size() const {
  const std::shared_lock lock(mutex_);
  return store_.ids();
}

std::size_t FlatIndex::memory_bytes() const {
  const std::shared_lock lock(mutex_);
  return store_.memory_bytes();
}

}  // namespace fragua::search
