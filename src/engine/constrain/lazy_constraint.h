// LazyConstraint: a grammar that waits. The answer is free until a trigger text appears in it (the end of a thinking
// block, the beginning of a tool call); what follows must obey the grammar. Callers: scheduler, one a sequence, instead
// of a bare GrammarState. Threads: one at a time.
#pragma once
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/constrain/grammar_state.h"

namespace fragua::engine {

struct Trigger {
  std::string text;
  bool is_part = false;  // the grammar's text begins with the trigger itself
};

class LazyConstraint {
 public:
  // No triggers: active from the first token on.
  LazyConstraint(std::shared_ptr<const Grammar> grammar, std::vector<Trigger> triggers);

  bool is_active() const { return active_; }
  // What makes it active; empty when it is. A constrained answer that wants to end before gets this text, and goes on.
  std::string_view awaited_text() const { return active_ ? std::string_view() : std::string_view(triggers_.front().text); }
  // False: any token may come.
  bool fill_mask(TokenMask& mask) { return active_ && state_.fill_mask(mask); }
  // `piece`: the token's text. False when the grammar does not take it: by a token outside the mask, or by a token that
  // ends a trigger and goes on with text that the grammar forbids (then the constraint is active from its beginning).
  bool accept(Token token, std::string_view piece);
  void rollback(int tokens);

  // The grammar's own state; null while the answer is free.
  GrammarState* active_state() { return active_ ? &state_ : nullptr; }
  std::string forced_text() { return active_ ? state_.forced_text() : std::string(); }
  bool is_finished() { return active_ && state_.is_finished(); }
  bool may_stop() const { return !active_ || state_.may_stop(); }
  std::string what_is_missing() { return active_ ? state_.what_is_missing() : std::string(); }

 private:
  struct Step {
    bool was_active;    // before the token
    int grammar_steps;  // it made in the grammar
    std::string tail;   // before the token, while the answer was free
  };
  bool look_for_trigger(std::string_view piece, Step& step);

  GrammarState state_;
  std::vector<Trigger> triggers_;
  bool active_;
  std::string tail_;  // the free text's end, long enough to find a trigger in
  std::size_t tail_bytes_max_ = 0;
  std::deque<Step> steps_;
};

}  // namespace fragua::engine
