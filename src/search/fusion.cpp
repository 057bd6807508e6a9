#include "search/fusion.h"

#include <algorithm>
#include <unordered_map>

namespace fragua::search {

namespace {

using Place = std::optional<Ranked> FusedHit::*;

class Fused {
 public:
  void take(const std::vector<Hit>& hits, Place place) {
    for (std::size_t i = 0; i < hits.size(); ++i) of(hits[i].id).*place = Ranked{i + 1, hits[i].score};
  }

  template <class Score>
  std::vector<FusedHit> sorted(Score score) && {
    for (auto& hit : hits_) hit.score = score(hit);
    std::sort(hits_.begin(), hits_.end(), [](const FusedHit& a, const FusedHit& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
    return std::move(hits_);
  }

 private:
  FusedHit& of(std::int64_t id) {
    const auto [found, added] = place_.try_emplace(id, hits_.size());
    if (added) hits_.push_back({.id = id, .score = 0, .text = std::nullopt, .vector = std::nullopt});
    return hits_[found->second];
  }

  std::vector<FusedHit> hits_;
  std::unordered_map<std::int64_t, std::size_t> place_;
};

}  // namespace

std::vector<FusedHit> fuse(const std::vector<Hit>& text, const std::vector<Hit>& vectors, const ReciprocalRank& options) {
  Fused fused;
  fused.take(text, &FusedHit::text);
  fused.take(vectors, &FusedHit::vector);
  const auto part = [&](const std::optional<Ranked>& ranked, double weight) { return ranked ? weight / (options.k + double(ranked->rank)) : 0; };
  return std::move(fused).sorted([&](const FusedHit& hit) { return part(hit.text, options.text_weight) + part(hit.vector, options.vector_weight); });
}

}  // namespace fragua::search
