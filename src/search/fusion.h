// Fusion: one list of what the text index and the vector index found, and the passages at its top put in order by their evidence.
// Callers: documents. Threads: pure.
// Each list is brought to 0..1 and the mean taken (Bruch, Gai and Ingber 2023): measured better than reciprocal ranks, which forget by how
// much the first is better. A hit keeps its place and score in both lists, so that an inspector can say why it stands where it stands.
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
  double score = 0;  // 0 to 1
  std::optional<Ranked> text;
  std::optional<Ranked> vector;
  std::optional<double> evidence;
};

struct FusionOptions {
  double text_weight = 1;
  double vector_weight = 1;
  double evidence_weight = 0.5;
};

// Both lists best first, each id at most once. Scores of the text are positive and proportional (0: nothing in common).
std::vector<FusedHit> fuse(const std::vector<Hit>& text, const std::vector<Hit>& vectors, const FusionOptions& options);

// The evidence of the first hits; those that have none come after them. Scores stay comparable within the list only.
void weigh_evidence(std::vector<FusedHit>& hits, const std::vector<double>& evidence, const FusionOptions& options);

}  // namespace fragua::search
