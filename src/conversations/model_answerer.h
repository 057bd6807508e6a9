// ModelAnswerer: the Answerer of the installed models, through inference::Service. Callers: app/ makes it.
// Threads: the loop's only.
#pragma once
#include "conversations/answerer.h"
#include "inference/service.h"

namespace fragua::conversations {

class ModelAnswerer final : public Answerer {
 public:
  explicit ModelAnswerer(inference::Service& inference) : inference_(inference) {}
  Task<std::uint32_t> context_tokens(std::string model, AnswerSettings settings) override;
  Task<> check(AnswerRequest request) override;
  Task<std::unique_ptr<AnswerSource>> start(AnswerRequest request) override;

 private:
  inference::Service& inference_;
};

}  // namespace fragua::conversations
