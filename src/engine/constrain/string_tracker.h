// StringTracker: holds an answer's strings to the lengths and patterns that the grammar itself does not spell out:
// counting in a grammar would make each count a state of its own. The grammar says which rule the string at hand is
// under. Callers: grammar_state. Threads: one at a time (the rules are shared, and locked where they learn).
#pragma once
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/constrain/automaton.h"
#include "engine/constrain/json_cursor.h"
#include "engine/constrain/pattern_masks.h"
#include "engine/constrain/vocabulary_tables.h"
#include "engine/sample/token_mask.h"

namespace fragua::engine {

struct StringRule {
  LengthBounds bounds;
  std::unique_ptr<PatternMasks> pattern;  // null: any text; one that has bounds here allows every length
};

class StringTracker {
 public:
  static constexpr int kNoRule = -1;
  // The rule that a string would be under after `prefix`, which opens it; kNoRule also when the prefix may not come.
  using RuleAfter = std::function<int(std::string_view prefix)>;

  // `whole_text`: the answer is not JSON; all of it is under rule 0.
  StringTracker(const std::vector<StringRule>& rules, const VocabularyTables& vocabulary, bool whole_text);

  bool is_idle() const { return rules_.empty(); }
  // `answer` is all of the text, of which `added` is new; `rule`: what the string it ends in is under.
  void accept(std::string_view answer, std::string_view added, int rule);
  void rollback(int steps);
  void restrict(TokenMask& mask, const RuleAfter& rule_after) const;
  // False when the answer under rule 0 is not whole yet.
  bool may_stop() const;

 private:
  struct Step {
    JsonCursor cursor;
    int rule = kNoRule;
    Automaton::State state;  // of the rule's pattern
  };
  bool obeys(std::string_view text, const StringRule& rule) const;
  void restrict_entering(TokenMask& mask, const RuleAfter& rule_after) const;

  const std::vector<StringRule>& rules_;
  const VocabularyTables& vocabulary_;
  bool whole_text_;
  std::vector<Step> steps_;
};

}  // namespace fragua::engine
