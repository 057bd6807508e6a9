// Hit: something found, and how well. Filter: which of what is found may be told.
// Callers: documents, the vector indexes, fusion. Threads: plain values.
#pragma once
#include <cstdint>
#include <functional>

namespace fragua::search {

struct Hit {
  std::int64_t id = 0;
  double score = 0;  // more is better; comparable only within one list
};

// Called on the searching thread while the index is locked for reading: quick, and without a call back into the index. Empty: all.
using Filter = std::function<bool(std::int64_t id)>;

}  // namespace fragua::search
