#include "app/document_answerer.h"

#include <boost/asio/co_spawn.hpp>

#include "api/native/document_json.h"
#include "runtime/stream.h"

namespace fragua::app {

namespace {

constexpr std::size_t kPiecesMax = 4096;             // told and not taken yet
constexpr std::chrono::hours kSilenceMax{1};         // the model's own limit is shorter
constexpr std::size_t kTurnsMax = 100;

// What the asking tells and the conversation takes.
struct Telling {
  explicit Telling(asio::any_io_executor executor) : events(std::move(executor), kPiecesMax) {}
  BoundedStream<inference::EngineEvent> events;
  std::shared_ptr<documents::AnswerControl> control = std::make_shared<documents::AnswerControl>();
  std::optional<conversations::Grounds> grounds;
  std::exception_ptr failed;
};

class Listener final : public documents::AskListener {
 public:
  explicit Listener(Telling& telling) : telling_(telling) {}
  Task<> found(const std::vector<documents::Passage>&) override { co_return; }
  Task<> said(std::string sentence) override {
    engine::Delta delta;
    delta.content = std::move(sentence);
    if (!telling_.events.push(std::move(delta))) telling_.control->cancel();
    co_return;
  }

 private:
  Telling& telling_;
};

engine::Done done_of(const documents::AnswerFigures& figures) {
  engine::Done done;
  done.reason = "stop";
  done.prompt_tokens = figures.prompt_tokens;
  done.cached_tokens = figures.cached_tokens;
  done.answer_tokens = figures.answer_tokens;
  return done;
}

conversations::Grounds grounds_of(const documents::Answer& answer) {
  conversations::Grounds grounds;
  for (const auto& source : answer.sources) grounds.sources.push_back(api::native::to_json(source));
  grounds.sufficient = answer.sufficient;
  return grounds;
}

Task<> tell(documents::Asking& asking, std::string user, documents::AskRequest request, std::shared_ptr<Telling> telling) {
  Listener listener(*telling);
  const auto answer = co_await asking.ask(std::move(user), std::move(request), telling->control, listener);
  if (answer.used_documents) telling->grounds = grounds_of(answer);
  telling->events.push(done_of(answer.figures));
}

class DocumentSource final : public conversations::AnswerSource {
 public:
  explicit DocumentSource(std::shared_ptr<Telling> telling) : telling_(std::move(telling)) {}
  ~DocumentSource() override { telling_->control->cancel(); }
  DocumentSource(const DocumentSource&) = delete;
  DocumentSource& operator=(const DocumentSource&) = delete;

  Task<std::optional<inference::EngineEvent>> next() override {
    const auto telling = telling_;
    auto event = co_await telling->events.next(kSilenceMax);
    if (!event && telling->failed) std::rethrow_exception(telling->failed);
    co_return event;
  }
  void cancel() override { telling_->control->cancel(); }
  std::uint64_t load_ns() const override { return 0; }
  std::optional<conversations::Grounds> grounds() const override { return telling_->grounds; }

 private:
  std::shared_ptr<Telling> telling_;
};

// The last message is the question; what was said before helps to understand it.
documents::AskRequest request_of(conversations::AnswerRequest asked) {
  documents::AskRequest request;
  request.model = std::move(asked.model);
  request.options = std::move(asked.settings.options);
  request.query.collections = std::move(asked.collections);
  auto& messages = asked.request.messages;
  request.query.question = messages.back().content;
  messages.pop_back();
  const auto skipped = messages.size() > kTurnsMax ? messages.size() - kTurnsMax : 0;
  for (std::size_t i = skipped; i < messages.size(); ++i)
    if (messages[i].role == "user" || messages[i].role == "assistant") request.history.push_back({messages[i].role, messages[i].content});
  return request;
}

}  // namespace

Task<std::uint32_t> DocumentAnswerer::context_tokens(std::string model, conversations::AnswerSettings settings) {
  return models_.context_tokens(std::move(model), std::move(settings));
}

Task<> DocumentAnswerer::check(conversations::AnswerRequest request) {
  for (const auto& id : request.collections) co_await documents_.collection(request.request.user, id);
  co_await models_.check(std::move(request));
}

Task<std::unique_ptr<conversations::AnswerSource>> DocumentAnswerer::start(conversations::AnswerRequest request) {
  if (request.collections.empty()) co_return co_await models_.start(std::move(request));
  const auto telling = std::make_shared<Telling>(executor_);
  auto user = request.request.user;
  auto asking = tell(asking_, std::move(user), request_of(std::move(request)), telling);
  const auto over = [telling](std::exception_ptr failed) {
    telling->failed = failed;
    telling->events.close();
  };
  asio::co_spawn(executor_, std::move(asking), over);
  co_return std::make_unique<DocumentSource>(telling);
}

}  // namespace fragua::app
