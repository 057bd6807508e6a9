// AssistantAnswerer: the assistant in the place of the model that a catalogue is bound to, for every dialect, streaming.
// Callers: Answering. Threads: the loop's only. Dropping the Generation ends the model's work.
#pragma once
#include "catalogue/answering.h"
#include "catalogue/assistant/assistant.h"

namespace fragua::catalogue::assistant {

class AssistantAnswerer final : public RoleAnswerer {
 public:
  explicit AssistantAnswerer(Assistant& assistant) : assistant_(assistant) {}
  // Error(invalid_argument): it is asked for JSON.
  Task<std::unique_ptr<inference::Generation>> answer(BoundRequest request) override;

 private:
  Assistant& assistant_;
};

}  // namespace fragua::catalogue::assistant
