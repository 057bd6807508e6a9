#include <algorithm>

#include "engine/image_tokens.h"
#include "engine/scheduler.h"

namespace fragua::engine {

// The request whose turn it is among those that need an image now.
Running* Scheduler::next_image() {
  if (!options_.projector) return nullptr;
  for (auto* running : by_turn(running_))
    if (!running->decoding && !running->finished && is_image(running->pending.front())) return running;
  return nullptr;
}

void Scheduler::compute_image(Running& running) {
  const auto& job = *running.job;
  auto& tokens = running.sequence->tokens;
  const auto part = std::find_if(job.images.begin(), job.images.end(),
                                 [&](const auto& image) { return image.first == tokens.size(); });
  CHECK_THAT(part != job.images.end());
  {
    std::lock_guard lock(mutex_);
    if (cancelled_.contains(job.id)) return;
    in_step_ = {job.id};
    abort_ = stopping_;
  }
  const auto result = options_.projector->compute(*part, context_, running.sequence->id, std::int32_t(tokens.size()));
  {
    std::lock_guard lock(mutex_);
    in_step_.clear();
    ++stats_.steps;
    if (result == StepResult::done) stats_.prompt_tokens_computed += part->cells;
    if (result == StepResult::aborted) ++stats_.aborted_steps;
  }
  if (result != StepResult::done) {
    undo({Share{&running}});
    if (result == StepResult::no_space) make_room();  // the next step tries again
    if (result == StepResult::failed) fail(running, Error(ErrorCode::internal, "the model could not compute an image"));
    return;
  }
  auto& pending = running.pending;
  const auto end = pending.begin() + std::ptrdiff_t(part->positions);
  tokens.insert(tokens.end(), pending.begin(), end);
  pending.erase(pending.begin(), end);
  fairness_.pay(job.user, double(part->cells) * Fairness::kPromptWeight);
}

}  // namespace fragua::engine
