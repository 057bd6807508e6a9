#include "conversations/model_answerer.h"

namespace fragua::conversations {

namespace {

class GenerationSource final : public AnswerSource {
 public:
  explicit GenerationSource(std::unique_ptr<inference::Generation> generation) : generation_(std::move(generation)) {}
  Task<std::optional<inference::EngineEvent>> next() override { return generation_->next(); }
  void cancel() override { generation_->cancel(); }
  std::uint64_t load_ns() const override { return generation_->load_ns(); }

 private:
  std::unique_ptr<inference::Generation> generation_;
};

}  // namespace

Task<std::uint32_t> ModelAnswerer::context_tokens(std::string model, AnswerSettings settings) {
  const auto stored = co_await inference_.find(std::move(model));
  co_return inference_.num_ctx_of(stored, settings.options);
}

Task<> ModelAnswerer::check(AnswerRequest request) {
  const auto stored = co_await inference_.find(request.model);
  inference_.require_able(stored, request.request, "chat");
}

Task<std::unique_ptr<AnswerSource>> ModelAnswerer::start(AnswerRequest request) {
  auto model = co_await inference_.find(request.model);
  auto& settings = request.settings;
  auto generation = co_await inference_.generate(std::move(model), std::move(request.request), std::move(settings.options), settings.keep_alive, "chat");
  co_return std::make_unique<GenerationSource>(std::move(generation));
}

}  // namespace fragua::conversations
