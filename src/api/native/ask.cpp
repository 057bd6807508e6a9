// /api/v1/documents/search and /api/v1/ask: passages, and answers with their sources.
#include "api/native/ask.h"

#include "api/leave_watch.h"
#include "api/native/document_bodies.h"
#include "api/native/document_routes.h"

namespace fragua::api::native {

namespace {

constexpr std::int64_t kAskPassagesMax = 20;

json::array to_json(const std::vector<documents::Passage>& passages) {
  json::array list;
  for (const auto& passage : passages) list.push_back(native::to_json(passage));
  return list;
}

// Tells what happens as events.
class EventTeller final : public documents::AskListener {
 public:
  explicit EventTeller(Call& call) : call_(call) {}

  Task<> found(const std::vector<documents::Passage>& passages) override {
    json::object event;
    event["type"] = "passages";
    event["passages"] = to_json(passages);
    call_.headers.emplace_back("X-Accel-Buffering", "no");   // nginx must not gather the events
    co_await call_.begin("text/event-stream");
    co_await tell(std::move(event));
  }

  Task<> said(std::string sentence) override {
    json::object event;
    event["type"] = "delta";
    event["content"] = sentence;
    co_await tell(std::move(event));
  }

  Task<> tell(json::object event) {
    auto data = fragua::to_json(event);
    co_await call_.event(std::move(data));
  }

 private:
  Call& call_;
};

documents::AskRequest request_of(AskBody body) {
  if (body.limit < 1 || body.limit > kAskPassagesMax) throw Error(ErrorCode::invalid_argument, "\"limit\" must be between 1 and 20");
  documents::AskRequest request;
  request.query.question = std::move(body.question);
  request.query.collections = std::move(body.collections);
  request.query.filter.documents = std::move(body.documents);
  request.query.limit = std::size_t(body.limit);
  request.model = std::move(body.model);
  request.options = std::move(body.options);
  for (auto& turn : body.history) request.history.push_back({std::move(turn.role), std::move(turn.content)});
  return request;
}

}  // namespace

Task<documents::Answer> ask(Call& call, documents::AskRequest request, documents::AskListener& listener) {
  call.model = request.model;
  const auto control = std::make_shared<documents::AnswerControl>();
  const LeaveWatch watch(call, [control] { control->cancel(); });
  auto answer = co_await call.services.asking.ask(call.user, std::move(request), control, listener);
  call.prompt_tokens = answer.figures.prompt_tokens;
  call.cached_tokens = answer.figures.cached_tokens;
  call.answer_tokens = answer.figures.answer_tokens;
  co_return answer;
}

json::object to_json(const documents::Answer& answer) {
  json::array sources;
  for (const auto& source : answer.sources) sources.push_back(to_json(source));
  json::object o;
  o["question"] = answer.question;
  o["answer"] = answer.text;
  o["sufficient"] = answer.sufficient;
  o["used_documents"] = answer.used_documents;
  o["sources"] = std::move(sources);
  json::object usage;
  usage["prompt_tokens"] = answer.figures.prompt_tokens;
  usage["cached_tokens"] = answer.figures.cached_tokens;
  usage["answer_tokens"] = answer.figures.answer_tokens;
  o["usage"] = std::move(usage);
  return o;
}

Task<> search_documents(Call& call) {
  auto body = co_await call.body_as<SearchBody>(Unknown::refused);
  documents::RetrievalQuery query;
  query.question = std::move(body.question);
  query.collections = std::move(body.collections);
  query.limit = std::size_t(std::max<std::int64_t>(body.limit, 0));
  query.filter = {std::move(body.documents), std::move(body.formats), body.since, body.until};
  const auto passages = co_await call.services.documents.retrieval().find(call.user, std::move(query));
  json::object answer;
  answer["passages"] = to_json(passages);
  co_await call.reply(std::move(answer));
}

Task<> ask_documents(Call& call) {
  auto body = co_await call.body_as<AskBody>(Unknown::refused);
  const bool is_stream = body.stream;
  auto request = request_of(std::move(body));
  if (!is_stream) {
    Silence silence;
    const auto answer = co_await ask(call, std::move(request), silence);
    co_await call.reply(to_json(answer));
    co_return;
  }
  EventTeller teller(call);
  const auto answer = co_await ask(call, std::move(request), teller);
  auto event = to_json(answer);
  event["type"] = "done";
  co_await teller.tell(std::move(event));
  co_await call.end();
}

}  // namespace fragua::api::native
