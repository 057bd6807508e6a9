// ReadyGeneration: an answer that is there already, as a Generation: one delta and its end. Callers: the roles of Answering, tests.
// Threads: the loop's only.
#pragma once
#include "inference/generation.h"

namespace fragua::catalogue {

class ReadyGeneration final : public inference::Generation {
 public:
  explicit ReadyGeneration(std::string text, engine::Done done = {}) : text_(std::move(text)), done_(std::move(done)) {}
  Task<std::optional<inference::EngineEvent>> next() override;
  void cancel() override { step_ = Step::over; }
  std::uint64_t load_ns() const override { return 0; }

 private:
  enum class Step { text, done, over };
  std::string text_;
  engine::Done done_;
  Step step_ = Step::text;
};

}  // namespace fragua::catalogue
