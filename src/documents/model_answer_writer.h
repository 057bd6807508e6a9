// ModelAnswerWriter: the AnswerWriter of the models in this house. Callers: app/ (makes it). Threads: the loop's only.
// With no model named it takes `preferred`, or the first that generates text.
#pragma once
#include "documents/answer_writer.h"
#include "inference/service.h"

namespace fragua::documents {

class ModelAnswerWriter final : public AnswerWriter {
 public:
  ModelAnswerWriter(inference::Service& inference, models::ModelStore& store, std::string preferred)
      : inference_(inference), store_(store), preferred_(std::move(preferred)) {}
  Task<AnswerFigures> write(WriteRequest request, std::shared_ptr<AnswerControl> control, TextListener& listener) override;

 private:
  Task<models::StoredModel> model_named(std::string name);

  inference::Service& inference_;
  models::ModelStore& store_;
  std::string preferred_;
};

// Tells the listener what a generation says, until it ends, or the listener has enough. Error(cancelled): `control`.
Task<AnswerFigures> tell_all(inference::Generation& generation, std::shared_ptr<AnswerControl> control, TextListener& listener);

}  // namespace fragua::documents
