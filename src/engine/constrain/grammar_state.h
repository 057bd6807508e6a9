// GrammarState: where one answer stands in its grammar: which tokens may come, what text must come, whether it may end.
// Callers: scheduler, one a sequence. Threads: one at a time.
// Never blocks; a token that the grammar does not allow changes nothing.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "engine/constrain/grammar.h"
#include "engine/sample/token_mask.h"
#include "engine/token.h"

namespace fragua::engine {

class GrammarState {
 public:
  explicit GrammarState(std::shared_ptr<const Grammar> grammar);
  ~GrammarState();
  GrammarState(GrammarState&&) noexcept;
  GrammarState& operator=(GrammarState&&) noexcept;

  // False when every token is allowed: the mask need not be looked at.
  bool fill_mask(TokenMask& mask);
  bool accept(Token token);
  bool accept_text(std::string_view text);  // one step for rollback
  // Takes back the last `steps` accepted tokens and texts.
  void rollback(int steps);
  // The text that must come next, as far as there is no choice; empty when there is one at once.
  std::string forced_text();
  bool is_finished();     // nothing but a stop token can come
  bool may_stop() const;  // the answer is whole as it stands
  // For an answer cut short: a sentence that says where it stands and what it lacks; empty when it lacks nothing.
  std::string what_is_missing();
  const std::string& text() const;  // all of what was accepted

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace fragua::engine
