#include "catalogue/assistant/model_writer.h"

#include "documents/model_answer_writer.h"

namespace fragua::catalogue::assistant {

Task<documents::AnswerFigures> ModelWriter::write(documents::WriteRequest request, std::shared_ptr<documents::AnswerControl> control, documents::TextListener& listener) {
  auto model = co_await inference_.find(std::move(request.model));
  engine::GenerateRequest wanted;
  wanted.messages = std::move(request.messages);
  wanted.user = std::move(request.user);
  auto generation = co_await inference_.run_model(std::move(model), std::move(wanted), std::move(request.options), std::nullopt, "chat");
  co_return co_await documents::tell_all(*generation, control, listener);
}

}  // namespace fragua::catalogue::assistant
