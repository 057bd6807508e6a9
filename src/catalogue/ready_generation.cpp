#include "catalogue/ready_generation.h"

namespace fragua::catalogue {

Task<std::optional<inference::EngineEvent>> ReadyGeneration::next() {
  if (step_ == Step::over) co_return std::nullopt;
  if (step_ == Step::done) {
    step_ = Step::over;
    if (done_.reason.empty()) done_.reason = "stop";
    co_return inference::EngineEvent(std::move(done_));
  }
  step_ = Step::done;
  engine::Delta delta;
  delta.content = std::move(text_);
  co_return inference::EngineEvent(std::move(delta));
}

}  // namespace fragua::catalogue
