// ModelWriter: writes with the model itself that a catalogue's assistant is bound to, whatever answers in its place elsewhere.
// Callers: composer, and the assistant's Asking. Threads: the loop's only.
// Never goes through Service::generate: that would ask the assistant again.
#pragma once
#include "documents/answer_writer.h"
#include "inference/service.h"

namespace fragua::catalogue::assistant {

class ModelWriter final : public documents::AnswerWriter {
 public:
  explicit ModelWriter(inference::Service& inference) : inference_(inference) {}
  Task<documents::AnswerFigures> write(documents::WriteRequest request, std::shared_ptr<documents::AnswerControl> control,
                                       documents::TextListener& listener) override;

 private:
  inference::Service& inference_;
};

}  // namespace fragua::catalogue::assistant
