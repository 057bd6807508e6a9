#include "engine/constrain/string_tracker.h"

#include <algorithm>

namespace fragua::engine {

StringTracker::StringTracker(const std::vector<StringRule>& rules, const VocabularyTables& vocabulary, bool whole_text)
    : rules_(rules), vocabulary_(vocabulary), whole_text_(whole_text) {
  Step first;
  if (whole_text_) {
    first.rule = 0;
    first.state = rules_[0].pattern->automaton().start();
  }
  steps_.push_back(std::move(first));
}

void StringTracker::accept(std::string_view answer, std::string_view added, int rule) {
  const Step& before = steps_.back();
  Step step{before.cursor, whole_text_ ? 0 : rule, {}};
  step.cursor.read(added);
  if (!whole_text_ && !step.cursor.in_string) step.rule = kNoRule;
  if (step.rule != kNoRule && rules_[std::size_t(step.rule)].pattern) {
    const Automaton& automaton = rules_[std::size_t(step.rule)].pattern->automaton();
    const bool goes_on = whole_text_ || (before.rule == step.rule && before.cursor.in_string &&
                                         before.cursor.string_start == step.cursor.string_start);
    step.state = goes_on ? before.state : automaton.start();
    for (char byte : goes_on ? added : answer.substr(step.cursor.string_start))
      step.state = automaton.next(step.state, std::uint8_t(byte));
  }
  steps_.push_back(std::move(step));
}

void StringTracker::rollback(int steps) { steps_.resize(steps_.size() - std::size_t(steps)); }

void StringTracker::restrict(TokenMask& mask, const RuleAfter& rule_after) const {
  const Step& step = steps_.back();
  if (whole_text_) return rules_[0].pattern->keep_allowed(step.state, vocabulary_, mask);
  if (!step.cursor.in_string) return restrict_entering(mask, rule_after);
  vocabulary_.drop_reentering(mask);
  if (step.rule == kNoRule) return;
  const StringRule& rule = rules_[std::size_t(step.rule)];
  if (rule.pattern) rule.pattern->keep_allowed(step.state, vocabulary_, mask);
  if (!rule.bounds.any()) return;
  if (step.cursor.escape != 0) return vocabulary_.keep_single_bytes(mask);
  const std::uint32_t have = step.cursor.characters, fewest = step.cursor.fewest_characters();
  vocabulary_.keep_length(mask, rule.bounds.least > fewest ? rule.bounds.least - fewest : 0,
                          rule.bounds.most > have ? rule.bounds.most - have : 0);
}

// Tokens that open a string and write into it: their text must obey the rule of the string they open.
void StringTracker::restrict_entering(TokenMask& mask, const RuleAfter& rule_after) const {
  for (const auto& [prefix, tokens] : vocabulary_.entering()) {
    const auto is_allowed = [&mask](Token token) { return mask.allows(token); };
    if (std::none_of(tokens.begin(), tokens.end(), is_allowed)) continue;
    const int rule = rule_after(prefix);
    if (rule == kNoRule) continue;
    for (Token token : tokens)
      if (mask.allows(token) &&
          !obeys(std::string_view(vocabulary_.piece(token)).substr(prefix.size()), rules_[std::size_t(rule)]))
        mask.forbid(token);
  }
}

bool StringTracker::obeys(std::string_view text, const StringRule& rule) const {
  JsonCursor cursor{.in_string = true};
  std::size_t at = 0;
  while (at < text.size() && cursor.in_string) cursor.read(text[at++]);
  if (!cursor.in_string && text.find('"', at) != std::string_view::npos) return false;  // opens another string
  if (rule.pattern) {
    const Automaton& automaton = rule.pattern->automaton();
    auto state = automaton.start();
    for (char byte : text.substr(0, at)) state = automaton.next(state, std::uint8_t(byte));
    if (state.empty()) return false;
  }
  const bool is_long_enough = cursor.in_string || cursor.fewest_characters() >= rule.bounds.least;
  return is_long_enough && cursor.characters <= rule.bounds.most;
}

bool StringTracker::may_stop() const {
  return !whole_text_ || rules_[0].pattern->automaton().accepts(steps_.back().state);
}

}  // namespace fragua::engine
