#include "documents/model_answer_writer.h"

#include <algorithm>

namespace fragua::documents {

Task<models::StoredModel> ModelAnswerWriter::model_named(std::string name) {
  if (name.empty()) name = preferred_;
  if (!name.empty()) co_return co_await inference_.find(std::move(name));
  for (const auto& entry : store_.list()) {
    auto model = store_.find(entry.name);
    if (!model) continue;
    const auto abilities = inference_.capabilities(*model);
    if (std::find(abilities.begin(), abilities.end(), "completion") != abilities.end()) co_return std::move(*model);
  }
  throw Error(ErrorCode::not_found, "there is no model that could answer: pull one first");
}

Task<AnswerFigures> ModelAnswerWriter::write(WriteRequest request, std::shared_ptr<AnswerControl> control, TextListener& listener) {
  auto model = co_await model_named(std::move(request.model));
  engine::GenerateRequest wanted;
  wanted.messages = std::move(request.messages);
  wanted.user = std::move(request.user);
  auto generation = co_await inference_.generate(std::move(model), std::move(wanted), std::move(request.options), std::nullopt, "chat");
  co_return co_await tell_all(*generation, control, listener);
}

Task<AnswerFigures> tell_all(inference::Generation& generation, std::shared_ptr<AnswerControl> control, TextListener& listener) {
  control->set([&generation] { generation.cancel(); });
  const std::shared_ptr<void> at_end(nullptr, [control](void*) { control->set({}); });
  AnswerFigures figures;
  bool is_enough = false;
  while (auto event = co_await generation.next()) {
    if (const auto* done = std::get_if<engine::Done>(&*event)) figures = {done->prompt_tokens, done->cached_tokens, done->answer_tokens};
    auto* delta = std::get_if<engine::Delta>(&*event);
    if (!delta || delta->content.empty() || is_enough) continue;
    is_enough = !co_await listener.take(std::move(delta->content));
    if (is_enough) break;
  }
  if (control->cancelled()) throw Error(ErrorCode::cancelled, "the reader is gone");
  co_return figures;
}

}  // namespace fragua::documents
