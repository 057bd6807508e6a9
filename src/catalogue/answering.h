// Answering: answers in the place of the models that a catalogue is bound to: "search-nlp" with a filter, the assistant with an answer that
// only says what the catalogue knows. Callers: inference::Service (every dialect). Threads: the loop's only.
#pragma once
#include "catalogue/catalogues.h"
#include "inference/service.h"

namespace fragua::catalogue {

struct BoundRequest {
  CataloguePointer catalogue;
  models::StoredModel model;
  engine::GenerateRequest request;        // messages, or a raw prompt
  json::object options;                   // Ollama's names
  inference::KeepAlive keep_alive;
};

// One of the two roles.
class RoleAnswerer {
 public:
  virtual ~RoleAnswerer() = default;
  virtual Task<std::unique_ptr<inference::Generation>> answer(BoundRequest request) = 0;
};

class Answering final : public inference::Answerer {
 public:
  Answering(const Catalogues& catalogues, RoleAnswerer& search, RoleAnswerer& assistant)
      : catalogues_(catalogues), search_(search), assistant_(assistant) {}
  bool answers(const models::StoredModel& model) const override;
  Task<std::unique_ptr<inference::Generation>> answer(models::StoredModel model, engine::GenerateRequest request, json::object options,
                                                      inference::KeepAlive keep_alive) override;

 private:
  const Catalogues& catalogues_;
  RoleAnswerer& search_;
  RoleAnswerer& assistant_;
};

// What the last message of the user says; the prompt where there are no messages.
std::string question_of(const engine::GenerateRequest& request);

}  // namespace fragua::catalogue
