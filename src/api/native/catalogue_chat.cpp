#include "api/native/catalogue_chat.h"

#include "api/leave_watch.h"
#include "api/native/catalogue_json.h"
#include "api/native/document_json.h"
#include "base/strings.h"

namespace fragua::api::native {

namespace {

namespace assistant = catalogue::assistant;

// For answers that are sent whole.
class Unheard final : public assistant::ReplyListener {
 public:
  Task<> said(std::string) override { co_return; }
};

// Tells pieces as events.
class EventTeller final : public assistant::ReplyListener {
 public:
  explicit EventTeller(Call& call) : call_(call) {}
  Task<> said(std::string piece) override {
    json::object event;
    event["type"] = "delta";
    event["content"] = piece;
    co_await tell(std::move(event));
  }
  Task<> tell(json::object event) {
    if (!begun_) {
      begun_ = true;
      call_.headers.emplace_back("X-Accel-Buffering", "no");   // nginx must not gather the events
      co_await call_.begin("text/event-stream");
    }
    auto data = fragua::to_json(event);
    co_await call_.event(std::move(data));
  }

 private:
  Call& call_;
  bool begun_ = false;
};

// Tells pieces as lines, as Ollama's clients read them.
class LineTeller final : public assistant::ReplyListener {
 public:
  explicit LineTeller(Call& call) : call_(call) {}
  Task<> said(std::string piece) override {
    json::object line;
    line["response"] = piece;
    line["done"] = false;
    co_await call_.line(std::move(line));
  }

 private:
  Call& call_;
};

std::vector<assistant::ChatTurn> turns_of(std::vector<ChatTurnBody> history) {
  std::vector<assistant::ChatTurn> turns;
  for (auto& turn : history) {
    if (turn.role != "user" && turn.role != "assistant") throw Error(ErrorCode::invalid_argument, "\"history\": role must be user or assistant");
    turns.push_back({std::move(turn.role), std::move(turn.content)});
  }
  return turns;
}

Task<assistant::Reply> reply_to(Call& call, assistant::ChatRequest request, assistant::ReplyListener& listener) {
  call.model = request.catalogue->assistant.model;
  request.user = call.user;
  const auto control = std::make_shared<documents::AnswerControl>();
  const LeaveWatch watch(call, [control] { control->cancel(); });
  auto reply = co_await call.services.assistant.reply(std::move(request), control, listener);
  call.prompt_tokens = reply.figures.prompt_tokens;
  call.cached_tokens = reply.figures.cached_tokens;
  call.answer_tokens = reply.figures.answer_tokens;
  co_return reply;
}

json::object answer_of(const assistant::Reply& reply) {
  json::array sources;
  for (const auto& source : reply.sources) sources.push_back(to_json(source));
  json::object answer;
  answer["response"] = reply.text;
  answer["intent"] = assistant::name_of(reply.intent);
  answer["language"] = reply.understanding.language;
  answer["total"] = reply.total;
  answer["items"] = to_json(reply.items);
  answer["facts"] = json::value_from(reply.facts);
  answer["traces"] = to_json(reply.understanding.traces);
  answer["not_understood"] = json::value_from(reply.understanding.not_understood);
  answer["sources"] = std::move(sources);
  answer["asked_model"] = reply.asked_model;
  return answer;
}

json::object site_answer_of(const assistant::Reply& reply) {
  json::array sources;
  for (const auto& source : reply.sources) {
    const auto& document = source.passage.document;
    json::object one;
    one["title"] = document.title.empty() ? document.name : document.title;
    one["text"] = source.quote;
    sources.push_back(std::move(one));
  }
  json::object answer;
  answer["response"] = reply.text;
  answer["events"] = to_json(reply.items);
  answer["sources"] = std::move(sources);
  return answer;
}

// The one that is named, else the only one that has an assistant.
catalogue::CataloguePointer catalogue_of(Call& call, const std::string& name) {
  if (!name.empty()) return call.services.catalogues.require(name);
  std::vector<catalogue::CataloguePointer> able;
  std::vector<std::string> names;
  for (const auto& catalogue : call.services.catalogues.list()) {
    if (catalogue->assistant.model.empty()) continue;
    able.push_back(catalogue);
    names.push_back(catalogue->name);
  }
  if (able.empty()) throw Error(ErrorCode::not_found, "there is no catalogue with an assistant: import one first (fragua catalogue import)");
  if (able.size() > 1) throw Error(ErrorCode::invalid_argument, "\"catalogue\" must name one of " + join(names, ", "));
  return able.front();
}

}  // namespace

bool is_site_chat(const json::value& body) {
  const auto* object = body.if_object();
  return object && object->contains("message") && !object->contains("model") && !object->contains("messages");
}

Task<> chat_about_catalogue(Call& call) {
  assistant::ChatRequest request;
  request.catalogue = call.services.catalogues.require(call.parameter("name"));
  auto body = co_await call.body_as<CatalogueChatBody>(Unknown::refused);
  request.question = std::move(body.message);
  request.turns = turns_of(std::move(body.history));
  if (!body.stream) {
    Unheard listener;
    const auto reply = co_await reply_to(call, std::move(request), listener);
    co_await call.reply(answer_of(reply));
    co_return;
  }
  EventTeller teller(call);
  const auto reply = co_await reply_to(call, std::move(request), teller);
  auto event = answer_of(reply);
  event["type"] = "done";
  co_await teller.tell(std::move(event));
  co_await call.end();
}

Task<> chat_of_site(Call& call, json::value value) {
  auto body = read_body<SiteChatBody>(value, Unknown::ignored);
  assistant::ChatRequest request;
  request.catalogue = catalogue_of(call, body.catalogue);
  request.question = std::move(body.message);
  request.turns = turns_of(std::move(body.history));
  if (!body.stream) {
    Unheard listener;
    const auto reply = co_await reply_to(call, std::move(request), listener);
    co_await call.reply(site_answer_of(reply));
    co_return;
  }
  LineTeller teller(call);
  const auto reply = co_await reply_to(call, std::move(request), teller);
  auto last = site_answer_of(reply);
  last["done"] = true;
  co_await call.line(std::move(last));
  co_await call.end();
}

}  // namespace fragua::api::native
