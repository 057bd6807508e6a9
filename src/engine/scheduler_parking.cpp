#include "engine/image_tokens.h"
#include "engine/scheduler.h"

// Every token that is computed attends over all cells of the unified cache, those of prefixes that nobody works on too (masked). So what lies
// idle beyond a few hundred tokens is parked: copied out, some milliseconds for a thousand tokens, and copied back when a prompt begins with it.
namespace fragua::engine {

namespace {

constexpr std::size_t kIdleTokensMax = 512;

}  // namespace

// All but what the new request begins with and the model's own prefix. Parked ones may hold as many tokens as the cache may comfortably.
void Scheduler::park_idle(const Sequence* needed) {
  std::size_t cached = 0, parked = 0;
  for (auto* sequence : sequences_.idle()) {
    if (sequence == needed || sequence->pinned) continue;
    const auto tokens = sequence->tokens.size();
    if (!sequence->is_parked()) cached += tokens;
    if (!sequence->is_parked() && cached > kIdleTokensMax && may_park(*sequence)) park_or_drop(*sequence);
    if (!sequence->is_parked()) continue;
    parked += tokens;
    if (parked > limits_.cells_comfortable) sequences_.forget(*sequence);
  }
}

// A recurrent state and an image's positions stay where they are.
bool Scheduler::may_park(const Sequence& sequence) const {
  return limits_.can_roll_back && text_length(sequence.tokens) == sequence.tokens.size();
}

void Scheduler::park_or_drop(Sequence& sequence) {
  if (may_park(sequence)) sequence.parked = context_.state_of(sequence.id);
  if (sequence.is_parked()) context_.truncate(sequence.id, 0);
  else drop(sequence);
}

// The first `count` tokens of `from` become those of the empty sequence `to`. False when there is no room for all of it.
bool Scheduler::bring(const Sequence& from, Sequence& to, std::size_t count) {
  if (!from.is_parked()) {
    context_.share(from.id, to.id, count);
    return true;
  }
  return context_.set_state(to.id, from.parked) && context_.truncate(to.id, count);
}

}  // namespace fragua::engine
