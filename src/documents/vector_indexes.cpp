#include "documents/vector_indexes.h"

#include <boost/asio/redirect_error.hpp>

#include "documents/document_repository.h"
#include "search/flat/flat_index.h"
#include "search/usearch/usearch_index.h"

namespace fragua::documents {

namespace {

constexpr std::int64_t kExactMax = 300'000;          // vectors; above it a graph answers in time where a scan does not

using Index = std::unique_ptr<search::VectorIndex>;

Index make_index(std::size_t dimensions, std::int64_t vectors) {
  if (vectors > kExactMax) return std::make_unique<search::UsearchIndex>(dimensions);
  return std::make_unique<search::FlatIndex>(dimensions);
}

void add(Index& index, const std::vector<StoredVector>& vectors, std::int64_t expected) {
  for (const auto& vector : vectors) {
    if (!index) index = make_index(vector.vector.size(), expected);
    index->add(vector.chunk, vector.vector);
  }
}

Index read_index(db::Connection& connection, std::int64_t collection, const std::string& model) {
  Index index;
  ChunkRepository chunks(connection);
  const auto expected = chunks.count_vectors(collection, model);
  for (const auto document : DocumentRepository(connection).indexed_of_collection(collection))
    add(index, chunks.vectors_of_document(document, model), expected);
  return index;
}

}  // namespace

Task<std::vector<search::Hit>> VectorIndexes::search(std::int64_t collection, std::string model, std::vector<float> query, std::size_t k,
                                                     std::shared_ptr<const std::unordered_set<std::int64_t>> allowed) {
  const auto entry = co_await entry_of(collection, std::move(model));
  if (!entry->index) co_return std::vector<search::Hit>{};
  const auto work = [entry, query = std::move(query), k, allowed] {
    search::Filter filter;
    if (allowed) filter = [&allowed](std::int64_t id) { return allowed->contains(id); };
    return entry->index->search(query, k, filter);
  };
  co_return co_await pool_.run(work);
}

void VectorIndexes::change(std::int64_t collection, std::vector<StoredVector> added, std::vector<std::int64_t> removed) {
  const auto found = entries_.find(collection);
  if (found == entries_.end()) return;
  auto& entry = *found->second;
  if (entry.is_loading) {
    ++entry.changes;
    return;
  }
  for (const auto id : removed)
    if (entry.index) entry.index->remove(id);
  add(entry.index, added, 0);
}

Task<std::shared_ptr<VectorIndexes::Entry>> VectorIndexes::entry_of(std::int64_t collection, std::string model) {
  auto& slot = entries_[collection];
  if (!slot || slot->model != model) {
    slot = std::make_shared<Entry>(executor_);
    slot->model = std::move(model);
  }
  auto entry = slot;
  while (entry->is_loading) {
    boost::system::error_code ignored;
    co_await entry->loaded.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (!entry->is_complete) co_await load(entry, collection);
  co_return entry;
}

Task<> VectorIndexes::load(std::shared_ptr<Entry> entry, std::int64_t collection) {
  entry->is_loading = true;
  const std::shared_ptr<void> at_end(nullptr, [entry](void*) {
    entry->is_loading = false;
    entry->loaded.cancel();
  });
  const auto read = [collection, model = entry->model](db::Connection& connection) { return read_index(connection, collection, model); };
  std::uint64_t seen = 0;
  do {
    seen = entry->changes;
    entry->index = co_await store_.read(read);
  } while (seen != entry->changes);
  entry->is_complete = true;
}

}  // namespace fragua::documents
