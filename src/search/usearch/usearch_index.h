// UsearchIndex: the VectorIndex for large sets: a graph of neighbours (HNSW, the usearch library) over the coarse plane of the store, and an
// exact second look at what it finds. Nearly exact: recall is measured, not promised.
// Callers: documents, for collections too large for FlatIndex. Threads: as VectorIndex says.
// A removed vector's place stays in the graph until the next added one takes it.
#pragma once
#include <memory>

#include "search/vector_index.h"

namespace fragua::search {

struct UsearchOptions {
  std::size_t connectivity = 16;     // neighbours of a vector; twice as many at the base
  std::size_t expansion_add = 128;   // vectors looked at for a new one's neighbours: a better graph, slower to build
  std::size_t expansion_search = 512;  // vectors kept in sight by a search: more recall, slower
  std::size_t searches_max = 32;     // at once; more wait
  double scan_below = 0.02;          // a filter that lets less than this share pass is answered by a scan of all
};

class UsearchIndex final : public VectorIndex {
 public:
  explicit UsearchIndex(std::size_t dimensions, UsearchOptions options = {});
  ~UsearchIndex() override;

  void add(std::int64_t id, std::span<const float> vector) override;
  void remove(std::int64_t id) override;
  std::vector<Hit> search(std::span<const float> query, std::size_t k, const Filter& filter) const override;
  std::vector<Hit> search_among(std::span<const float> query, std::size_t k, std::span<const std::int64_t> ids) const override;
  std::size_t size() const override;
  std::size_t memory_bytes() const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fragua::search
