#include "engine/sequences.h"

#include <algorithm>

#include "engine/image_tokens.h"

namespace fragua::engine {

namespace {

// Below this a request computes its prompt itself rather than wait for another's.
constexpr std::size_t kWorthWaitingTokens = 32;
// Below this a prompt is computed sooner than a parked prefix is copied.
constexpr std::size_t kWorthCopyingTokens = 32;

}  // namespace

std::size_t common_prefix(std::span<const Token> a, std::span<const Token> b) {
  const auto length = std::min(a.size(), b.size());
  auto count = std::size_t(std::mismatch(a.begin(), a.begin() + std::ptrdiff_t(length), b.begin()).first - a.begin());
  while (divides_image(a, count) || divides_image(b, count)) --count;
  return count;
}

Sequences::Sequences(int count, bool isolate_owners, bool can_roll_back)
    : sequences_(std::size_t(count)), isolate_owners_(isolate_owners), can_roll_back_(can_roll_back) {
  for (int id = 0; id < count; ++id) sequences_[std::size_t(id)].id = id;
}

std::size_t Sequences::usable(const Sequence& sequence, std::size_t common, const std::string& owner) const {
  if (isolate_owners_ && sequence.owner != owner) common = std::min(common, sequence.shareable);
  // A model that cannot roll back has only the state after the last token.
  if (!can_roll_back_ && common != sequence.tokens.size()) return 0;
  return common;
}

PrefixMatch Sequences::best_match(std::span<const Token> prompt, const std::string& owner) const {
  PrefixMatch best;
  if (prompt.empty()) return best;
  prompt = prompt.first(prompt.size() - 1);  // the last token is computed for its logits
  for (const auto& sequence : sequences_) {
    if (!sequence.used) continue;
    const auto count = usable(sequence, common_prefix(sequence.tokens, prompt), owner);
    if (sequence.is_parked() && count < kWorthCopyingTokens) continue;
    const bool is_nearer = count == best.count && best.source && best.source->is_parked() && !sequence.is_parked();
    if (count > best.count || is_nearer) best = {&sequence, count};
  }
  return best;
}

PrefixMatch Sequences::coming_match(std::span<const Token> prompt, const std::string& owner, std::size_t have) const {
  PrefixMatch best;
  if (prompt.empty() || !can_roll_back_) return best;
  prompt = prompt.first(prompt.size() - 1);
  for (const auto& sequence : sequences_) {
    if (!sequence.busy || sequence.tokens.size() >= sequence.target.size()) continue;
    const auto count = usable(sequence, common_prefix(sequence.target, prompt), owner);
    if (count > sequence.tokens.size() && count > std::max(best.count, have + kWorthWaitingTokens)) best = {&sequence, count};
  }
  return best;
}

Sequence* Sequences::acquire() {
  for (auto& sequence : sequences_) {
    if (sequence.used) continue;
    sequence.used = true;
    touch(sequence);
    return &sequence;
  }
  return nullptr;
}

std::vector<Sequence*> Sequences::idle() {
  std::vector<Sequence*> idle;
  for (auto& sequence : sequences_)
    if (sequence.used && !sequence.busy) idle.push_back(&sequence);
  std::sort(idle.begin(), idle.end(), [](const Sequence* a, const Sequence* b) { return std::pair(a->pinned, a->last_used) > std::pair(b->pinned, b->last_used); });
  return idle;
}

Sequence* Sequences::least_recent() {
  const auto all = idle();
  return all.empty() ? nullptr : all.back();
}

Sequence* Sequences::least_recent_cached() {
  const auto all = idle();
  const auto oldest = std::find_if(all.rbegin(), all.rend(), [](const Sequence* sequence) { return !sequence->is_parked(); });
  return oldest == all.rend() ? nullptr : *oldest;
}

void Sequences::forget(Sequence& sequence) {
  const int id = sequence.id;
  sequence = Sequence{};
  sequence.id = id;
}

std::vector<Sequence*> Sequences::covered_by(const Sequence& kept) {
  std::vector<Sequence*> covered;
  for (auto& sequence : sequences_) {
    if (&sequence == &kept || !sequence.used || sequence.busy || sequence.pinned || sequence.owner != kept.owner) continue;
    if (sequence.tokens.size() <= kept.tokens.size() && common_prefix(sequence.tokens, kept.tokens) == sequence.tokens.size())
      covered.push_back(&sequence);
  }
  return covered;
}

std::size_t Sequences::cached_count() const {
  return std::size_t(std::count_if(sequences_.begin(), sequences_.end(), [](const Sequence& s) { return s.used && !s.busy; }));
}

}  // namespace fragua::engine
