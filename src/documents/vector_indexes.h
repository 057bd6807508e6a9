// VectorIndexes: one vector index for each collection, in memory, made from the database when it is first searched and kept in step with
// what ingestion commits. Callers: ingestion (changes), retrieval (searches). Threads: the loop's; loading and searching run on a pool.
// The vectors in the database are the truth: an index that is lost or out of date is made again.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <unordered_set>

#include "db/store.h"
#include "documents/chunk_repository.h"
#include "search/vector_index.h"

namespace fragua::documents {

class VectorIndexes {
 public:
  VectorIndexes(asio::any_io_executor executor, db::Store& store, WorkerPool& pool) : executor_(executor), store_(store), pool_(pool) {}

  // The nearest chunks of a collection, best first; only those of `allowed`, if it is given.
  Task<std::vector<search::Hit>> search(std::int64_t collection, std::string model, std::vector<float> query, std::size_t k,
                                        std::shared_ptr<const std::unordered_set<std::int64_t>> allowed);
  // What a commit changed. An index that is not in memory will see it when it is loaded.
  void change(std::int64_t collection, std::vector<StoredVector> added, std::vector<std::int64_t> removed);
  // Another embedding model, or the collection is gone.
  void drop(std::int64_t collection) { entries_.erase(collection); }

 private:
  struct Entry {
    explicit Entry(asio::any_io_executor executor) : loaded(executor, asio::steady_timer::time_point::max()) {}
    std::string model;
    std::unique_ptr<search::VectorIndex> index;   // none while the collection has no vector
    bool is_complete = false;             // all vectors of the database are in it
    asio::steady_timer loaded;            // cancelled when loading ends
    bool is_loading = false;
    std::uint64_t changes = 0;            // while it loads: then it is loaded again
  };

  Task<std::shared_ptr<Entry>> entry_of(std::int64_t collection, std::string model);
  Task<> load(std::shared_ptr<Entry> entry, std::int64_t collection);

  asio::any_io_executor executor_;
  db::Store& store_;
  WorkerPool& pool_;
  std::map<std::int64_t, std::shared_ptr<Entry>> entries_;
};

}  // namespace fragua::documents
