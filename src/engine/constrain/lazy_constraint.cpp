#include "engine/constrain/lazy_constraint.h"

#include <algorithm>

namespace fragua::engine {
namespace {

constexpr std::size_t kStepsMax = 1024;  // that can be taken back while the answer is free

}  // namespace

LazyConstraint::LazyConstraint(std::shared_ptr<const Grammar> grammar, std::vector<Trigger> triggers)
    : state_(std::move(grammar)), triggers_(std::move(triggers)), active_(false) {
  std::erase_if(triggers_, [](const Trigger& trigger) { return trigger.text.empty(); });
  active_ = triggers_.empty();
  for (const auto& trigger : triggers_) tail_bytes_max_ = std::max(tail_bytes_max_, trigger.text.size());
}

bool LazyConstraint::accept(Token token, std::string_view piece) {
  if (active_) {
    if (!state_.accept(token)) return false;
    steps_.push_back({true, 1, {}});
    return true;
  }
  Step step{false, 0, tail_};
  const bool fits = look_for_trigger(piece, step);
  steps_.push_back(std::move(step));
  if (steps_.size() > kStepsMax) steps_.pop_front();
  return fits;
}

bool LazyConstraint::look_for_trigger(std::string_view piece, Step& step) {
  const std::size_t before = tail_.size();
  tail_ += piece;
  const Trigger* found = nullptr;
  std::size_t end = 0;
  for (const auto& trigger : triggers_) {
    const std::size_t from = before >= trigger.text.size() ? before - trigger.text.size() + 1 : 0;
    const std::size_t at = tail_.find(trigger.text, from);
    if (at != std::string::npos && (!found || at + trigger.text.size() < end)) {
      found = &trigger;
      end = at + trigger.text.size();
    }
  }
  if (!found) {
    if (tail_.size() > tail_bytes_max_) tail_.erase(0, tail_.size() - tail_bytes_max_);
    return true;
  }
  active_ = true;
  std::string_view rest = std::string_view(tail_).substr(found->is_part ? end - found->text.size() : end);
  // White space between a thinking block and the answer is no part of the answer.
  if (!found->is_part) rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
  if (rest.empty()) return true;
  if (!state_.accept_text(rest)) return false;
  step.grammar_steps = 1;
  return true;
}

void LazyConstraint::rollback(int tokens) {
  for (; tokens > 0 && !steps_.empty(); --tokens) {
    Step& step = steps_.back();
    state_.rollback(step.grammar_steps);
    if (!step.was_active) tail_ = std::move(step.tail);
    active_ = step.was_active;
    steps_.pop_back();
  }
}

}  // namespace fragua::engine
