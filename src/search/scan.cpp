#include "search/scan.h"

#include <limits>
#include <queue>

namespace fragua::search {

namespace {

// The k-th best of what is certain so far: what may at most be less is out.
class Floor {
 public:
  explicit Floor(std::size_t k) : k_(k) {}

  float value() const { return certain_.size() < k_ ? -std::numeric_limits<float>::infinity() : certain_.top(); }

  void raise(float at_least) {
    if (certain_.size() == k_) {
      if (at_least <= certain_.top()) return;
      certain_.pop();
    }
    certain_.push(at_least);
  }

 private:
  std::size_t k_;
  std::priority_queue<float, std::vector<float>, std::greater<>> certain_;
};

struct Candidate {
  VectorStore::Slot slot;
  float at_most;
};

}  // namespace

std::vector<Hit> scan(const VectorStore& store, const VectorStore::Scaled& query, std::size_t k, const SlotTest& passes) {
  if (k == 0) return {};
  Floor floor(k);
  std::vector<Candidate> candidates;
  for (VectorStore::Slot slot = 0; slot < store.slots(); ++slot) {
    const auto score = store.coarse(query, slot), margin = store.margin(query, slot);
    if (score + margin < floor.value() || !passes(slot)) continue;
    candidates.push_back({slot, score + margin});
    floor.raise(score - margin);
  }
  std::vector<VectorStore::Slot> slots;
  for (const auto& candidate : candidates)
    if (candidate.at_most >= floor.value()) slots.push_back(candidate.slot);
  return store.best(query, slots, k);
}

}  // namespace fragua::search
