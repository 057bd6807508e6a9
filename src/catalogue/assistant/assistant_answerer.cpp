#include "catalogue/assistant/assistant_answerer.h"

namespace fragua::catalogue::assistant {

namespace {

constexpr std::size_t kPiecesMax = 1000;        // that a slow reader may have before it
constexpr std::chrono::minutes kSilenceMax{10};

using inference::EngineEvent;

// Between the coroutine that answers and who reads: each may go first.
struct Conversation {
  explicit Conversation(asio::any_io_executor executor) : events(executor, kPiecesMax) {}
  BoundedStream<EngineEvent> events;
  std::shared_ptr<documents::AnswerControl> control = std::make_shared<documents::AnswerControl>();
  std::exception_ptr failed;
};

class Telling final : public ReplyListener {
 public:
  explicit Telling(std::shared_ptr<Conversation> conversation) : conversation_(std::move(conversation)) {}
  Task<> said(std::string piece) override {
    engine::Delta delta;
    delta.content = std::move(piece);
    if (conversation_->events.push(std::move(delta))) co_return;
    if (conversation_->control->cancelled()) throw Error(ErrorCode::cancelled, "the reader is gone");
    throw Error(ErrorCode::overloaded, "the answer was not read fast enough");
  }

 private:
  std::shared_ptr<Conversation> conversation_;
};

class ToldGeneration final : public inference::Generation {
 public:
  explicit ToldGeneration(std::shared_ptr<Conversation> conversation) : conversation_(std::move(conversation)) {}
  ~ToldGeneration() override { cancel(); }
  ToldGeneration(const ToldGeneration&) = delete;
  ToldGeneration& operator=(const ToldGeneration&) = delete;

  Task<std::optional<EngineEvent>> next() override {
    auto event = co_await conversation_->events.next(kSilenceMax);
    if (!event && conversation_->failed) std::rethrow_exception(std::exchange(conversation_->failed, nullptr));
    co_return event;
  }
  void cancel() override {
    conversation_->control->cancel();
    conversation_->events.close();
  }
  std::uint64_t load_ns() const override { return 0; }

 private:
  std::shared_ptr<Conversation> conversation_;
};

Task<> tell(Assistant& assistant, ChatRequest request, std::shared_ptr<Conversation> conversation) {
  Telling telling(conversation);
  const auto reply = co_await assistant.reply(std::move(request), conversation->control, telling);
  engine::Done done;
  done.reason = "stop";
  done.prompt_tokens = reply.figures.prompt_tokens;
  done.cached_tokens = reply.figures.cached_tokens;
  done.answer_tokens = reply.figures.answer_tokens;
  conversation->events.push(std::move(done));
}

ChatRequest chat_request(BoundRequest request) {
  ChatRequest chat;
  chat.catalogue = std::move(request.catalogue);
  chat.model = request.model.name.display();
  chat.user = std::move(request.request.user);
  chat.question = question_of(request.request);
  chat.turns = turns_of(request.request.messages);
  chat.options = std::move(request.options);
  return chat;
}

}  // namespace

Task<std::unique_ptr<inference::Generation>> AssistantAnswerer::answer(BoundRequest request) {
  if (!request.request.grammar_kind.empty())
    throw Error(ErrorCode::invalid_argument, "\"" + request.model.name.display() + "\" answers in words: for JSON ask the catalogue's search model, or POST /api/v1/catalogues/" +
                                                 request.catalogue->name + "/chat");
  const auto executor = co_await asio::this_coro::executor;
  auto conversation = std::make_shared<Conversation>(executor);
  auto at_end = [conversation](std::exception_ptr failed) {
    conversation->failed = failed;
    conversation->events.close();
  };
  auto telling = tell(assistant_, chat_request(std::move(request)), conversation);
  asio::co_spawn(executor, std::move(telling), std::move(at_end));
  co_return std::make_unique<ToldGeneration>(std::move(conversation));
}

}  // namespace fragua::catalogue::assistant
