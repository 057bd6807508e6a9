#include "engine/constrain/grammar_state.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/error.h"
#include "engine/constrain/compiled.h"
#include "engine/constrain/missing.h"
#include "engine/constrain/string_tracker.h"

namespace fragua::engine {

struct GrammarState::Parts {
  std::shared_ptr<const Grammar> grammar;
  xgrammar::GrammarMatcher matcher;
  StringTracker strings;
  std::string text;
  std::vector<std::size_t> lengths;  // of the text, before each step
  std::optional<TokenMask> scratch;
  bool is_ended = false;  // by a stop token

  explicit Parts(std::shared_ptr<const Grammar> given)
      : grammar(std::move(given)),
        matcher(grammar->compiled),
        strings(grammar->rules, *grammar->vocabulary, grammar->kind == GrammarSpec::Kind::regex) {}

  int active_rule() const {
    const auto marker = matcher.GetTemperature();
    return marker ? int(*marker) : StringTracker::kNoRule;
  }
  void note(std::string_view added) {
    lengths.push_back(text.size());
    text += added;
    if (!strings.is_idle()) strings.accept(text, added, active_rule());
  }
  int rule_after(std::string_view prefix) {
    if (!matcher.AcceptString(std::string(prefix))) return StringTracker::kNoRule;
    const int rule = active_rule();
    matcher.Rollback(1);
    return rule;
  }
  bool fill(TokenMask& mask);
};

bool GrammarState::Parts::fill(TokenMask& mask) {
  if (is_ended) {
    mask.allow_none();
    for (Token token : grammar->stop_tokens) mask.allow(token);
    return true;
  }
  CHECK_THAT(mask.size() >= grammar->vocabulary->size());
  const auto words = mask.words();
  std::int64_t shape = (grammar->vocabulary->size() + TokenMask::kWordBits - 1) / TokenMask::kWordBits;
  std::fill(words.begin() + shape, words.end(), 0);
  DLTensor tensor{words.data(), {kDLCPU, 0}, 1, {kDLInt, TokenMask::kWordBits, 1}, &shape, nullptr, 0};
  const bool is_restricted = matcher.FillNextTokenBitmask(&tensor);
  if (!is_restricted && strings.is_idle()) return false;
  if (!is_restricted) mask.allow_all();
  // The last word's bits beyond the vocabulary are set at random.
  for (Token token = Token(grammar->vocabulary->size()); token < mask.size() && token < shape * TokenMask::kWordBits;
       ++token)
    mask.forbid(token);
  if (strings.is_idle()) return true;
  const bool may_end = matcher.IsCompleted() && strings.may_stop();
  strings.restrict(mask, [this](std::string_view prefix) { return rule_after(prefix); });
  for (Token token : grammar->stop_tokens) may_end ? mask.allow(token) : mask.forbid(token);
  return true;
}

GrammarState::GrammarState(std::shared_ptr<const Grammar> grammar)
    : parts_(std::make_unique<Parts>(std::move(grammar))) {}
GrammarState::~GrammarState() = default;
GrammarState::GrammarState(GrammarState&&) noexcept = default;
GrammarState& GrammarState::operator=(GrammarState&&) noexcept = default;

bool GrammarState::fill_mask(TokenMask& mask) { return parts_->fill(mask); }

bool GrammarState::accept(Token token) {
  auto& parts = *parts_;
  const auto& vocabulary = *parts.grammar->vocabulary;
  if (parts.is_ended || token < 0 || token >= vocabulary.size() || !parts.matcher.AcceptToken(token)) return false;
  parts.is_ended = parts.matcher.IsTerminated();
  const bool has_text = !parts.is_ended && std::size_t(token) < vocabulary.piece_count();
  parts.note(has_text ? std::string_view(vocabulary.piece(token)) : std::string_view());
  return true;
}

bool GrammarState::accept_text(std::string_view text) {
  if (parts_->is_ended || text.empty() || !parts_->matcher.AcceptString(std::string(text))) return false;
  parts_->note(text);
  return true;
}

void GrammarState::rollback(int steps) {
  if (steps <= 0) return;
  auto& parts = *parts_;
  CHECK_THAT(std::size_t(steps) <= parts.lengths.size());
  parts.matcher.Rollback(steps);
  if (!parts.strings.is_idle()) parts.strings.rollback(steps);
  parts.text.resize(parts.lengths[parts.lengths.size() - std::size_t(steps)]);
  parts.lengths.resize(parts.lengths.size() - std::size_t(steps));
  parts.is_ended = false;
}

std::string GrammarState::forced_text() {
  return parts_->is_ended ? std::string() : parts_->matcher.FindJumpForwardString();
}

bool GrammarState::may_stop() const {
  return parts_->is_ended || (parts_->matcher.IsCompleted() && parts_->strings.may_stop());
}

bool GrammarState::is_finished() {
  if (parts_->is_ended) return true;
  if (!may_stop()) return false;
  if (!parts_->scratch) parts_->scratch.emplace(parts_->grammar->vocabulary->size());
  TokenMask& mask = *parts_->scratch;
  if (!fill_mask(mask)) return false;
  for (Token token : parts_->grammar->stop_tokens) mask.forbid(token);
  const auto words = mask.words();
  return std::all_of(words.begin(), words.end(), [](std::int32_t word) { return word == 0; });
}

std::string GrammarState::what_is_missing() {
  if (may_stop()) return "";
  return missing_from({parts_->grammar->kind, parts_->grammar->schema, parts_->text, forced_text()});
}

const std::string& GrammarState::text() const { return parts_->text; }

}  // namespace fragua::engine
