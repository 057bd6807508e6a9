// Fusion: one list of what the text index and the vector index found.
// Callers: documents. Threads: pure.
// Every hit keeps its place and score in both lists, so that an inspector can say why it stands where it stands.
#pragma once
#include <optional>
#include <vector>

#include "search/hit.h"

namespace fragua::search {

struct Ranked {
  std::size_t rank = 0;  // from 1
  double score = 0;      // as its list had it
};

struct FusedHit {
  std::int64_t id = 0;
  double score = 0;
  std::optional<Ranked> text;
  std::optional<Ranked> vector;
};

// Cormack, Clarke and Büttcher 2009: the sum of 1 / (k + rank).
struct ReciprocalRank {
  double k = 60;
  double text_weight = 1;
  double vector_weight = 1;
};

// Both lists best first, each id at most once.
std::vector<FusedHit> fuse(const std::vector<Hit>& text, const std::vector<Hit>& vectors, const ReciprocalRank& options);

}  // namespace fragua::search
