// Generation: one answer on its way, whoever writes it: a model's engine, or an Answerer.
// Callers: api/ (every dialect), conversations, documents, catalogue. Threads: the loop's only. Dropping it cancels it.
#pragma once
#include <optional>

#include "inference/engine_process.h"

namespace fragua::inference {

class Generation {
 public:
  virtual ~Generation() = default;
  // Deltas, then one Done, then nothing. Throws what went wrong.
  virtual Task<std::optional<EngineEvent>> next() = 0;
  virtual void cancel() = 0;
  // How long the model took to load for it.
  virtual std::uint64_t load_ns() const = 0;
};

}  // namespace fragua::inference
