// VectorIndex: which vectors point most nearly where a query points. Implementations: flat/ (exact), usearch/ (a graph, for large sets).
// Callers: documents. Threads: any; one writer at a time works while readers wait, readers do not wait for each other.
// The vectors in the database are the truth; an index is made of them again when it is lost. Never touches a file.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "search/hit.h"

namespace fragua::search {

constexpr std::size_t kDimensionsMax = 8192;

class VectorIndex {
 public:
  virtual ~VectorIndex() = default;
  // Takes the place of what the id had. Of unit length, or scores are no cosines; Error(invalid_argument) for a wrong number of dimensions
  // or a number that is none.
  virtual void add(std::int64_t id, std::span<const float> vector) = 0;
  virtual void remove(std::int64_t id) = 0;  // an unknown id is nothing
  // Best first; cosines within 0.0001; at most k. For filters that let a good part pass: they are asked on the way.
  virtual std::vector<Hit> search(std::span<const float> query, std::size_t k, const Filter& filter) const = 0;
  // The same among these ids alone, exactly; for a few thousand of many. Each at most once; unknown ones are nothing.
  virtual std::vector<Hit> search_among(std::span<const float> query, std::size_t k, std::span<const std::int64_t> ids) const = 0;
  virtual std::size_t size() const = 0;
  virtual std::size_t memory_bytes() const = 0;
};

}  // namespace fragua::search
