#include "search/fusion.h"

#include <algorithm>
#include <unordered_map>

namespace fragua::search {

namespace {

class Fused {
 public:
  // What `scaled` makes of each score is added to the hit, weighed.
  template <class Scaled>
  void take(const std::vector<Hit>& list, std::optional<Ranked> FusedHit::*place, double weight, Scaled scaled) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      auto& hit = of(list[i].id);
      hit.*place = Ranked{i + 1, list[i].score};
      hit.score += weight * scaled(list[i].score);
    }
  }

  std::vector<FusedHit> hits() && { return std::move(hits_); }

 private:
  FusedHit& of(std::int64_t id) {
    const auto [found, added] = place_.try_emplace(id, hits_.size());
    if (added) hits_.emplace_back().id = id;
    return hits_[found->second];
  }

  std::vector<FusedHit> hits_;
  std::unordered_map<std::int64_t, std::size_t> place_;
};

void sort(std::vector<FusedHit>& hits) {
  std::sort(hits.begin(), hits.end(), [](const FusedHit& a, const FusedHit& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
}

}  // namespace

std::vector<FusedHit> fuse(const std::vector<Hit>& text, const std::vector<Hit>& vectors, const FusionOptions& options) {
  const auto all = options.text_weight + options.vector_weight;
  Fused fused;
  const auto of_best = [&](double score) { return text.front().score > 0 ? score / text.front().score : 1; };
  // Cosines of one model lie close together, far from 0: what counts is where in the list's own span one lies.
  const auto in_span = [&](double score) {
    const auto span = vectors.front().score - vectors.back().score;
    return span > 0 ? (score - vectors.back().score) / span : 1;
  };
  fused.take(text, &FusedHit::text, options.text_weight / all, of_best);
  fused.take(vectors, &FusedHit::vector, options.vector_weight / all, in_span);
  auto hits = std::move(fused).hits();
  sort(hits);
  return hits;
}

void weigh_evidence(std::vector<FusedHit>& hits, const std::vector<double>& evidence, const FusionOptions& options) {
  const auto of_lists = options.text_weight + options.vector_weight;
  const auto all = of_lists + options.evidence_weight;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    auto& hit = hits[i];
    if (i < evidence.size()) hit.evidence = evidence[i];
    hit.score = (of_lists * hit.score + options.evidence_weight * hit.evidence.value_or(0)) / all;
  }
  sort(hits);
}

}  // namespace fragua::search
