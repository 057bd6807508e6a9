// Asking in a conversation: answers as events, which go on without their reader.
#include "api/leave_watch.h"
#include "api/native/conversation_bodies.h"
#include "api/native/conversation_json.h"
#include "api/native/conversation_routes.h"

namespace fragua::api::native {

namespace {

using conversations::AnswerEvent;

// A body that may be left out.
template <Described T>
Task<T> body_or_none(Call& call) {
  const auto text = co_await call.exchange.body(call.route.body_max_bytes);
  if (text.empty()) co_return T{};
  co_return read_body<T>(parse_json(text), Unknown::refused);
}

void count(Call& call, const conversations::Subscription& reader) {
  const auto& message = reader.message();
  if (!message.figures) return;
  call.prompt_tokens = message.figures->prompt_tokens;
  call.cached_tokens = message.figures->cached_tokens;
  call.answer_tokens = reader.new_tokens();
  call.first_token_ns = std::uint64_t(message.figures->first_token_ms * 1e6);
}

// The tokens belong to who asked, whether they stay to read or not; who follows takes none.
enum class Pays { yes, no };

Task<> relay(Call& call, conversations::Dialogue::Reader reader, Pays pays) {
  call.model = reader->message().model;
  call.headers.emplace_back("X-Accel-Buffering", "no");   // nginx must not gather the events
  const LeaveWatch watch(call, [reader] { reader->leave(); });
  co_await call.begin("text/event-stream");
  while (auto event = co_await reader->next()) {
    if (event->kind == AnswerEvent::Kind::waiting) {
      co_await call.exchange.write(": waiting\n\n");
      continue;
    }
    auto data = fragua::to_json(to_json(*event));
    co_await call.event(std::move(data));
  }
  const bool left = call.exchange.disconnected();
  if (left) co_await reader->wait_for_end();
  if (pays == Pays::yes) count(call, *reader);
  if (!left) co_await call.end();
}

}  // namespace

Task<> ask_question(Call& call) {
  auto body = co_await call.body_as<QuestionBody>(Unknown::refused);
  conversations::Question question;
  question.parent_id = body.parent_id.value_or("");
  question.content = std::move(body.content);
  question.images = std::move(body.images);
  question.model = std::move(body.model);
  question.collections = std::move(body.collections);
  auto reader = co_await call.services.conversations.dialogue().ask(call.user, call.parameter("id"), std::move(question));
  co_await relay(call, std::move(reader), Pays::yes);
}

Task<> answer_again(Call& call) {
  auto body = co_await body_or_none<AnswerBody>(call);
  auto& dialogue = call.services.conversations.dialogue();
  auto reader = co_await dialogue.answer_again(call.user, call.parameter("id"), call.parameter("message"), std::move(body.model));
  co_await relay(call, std::move(reader), Pays::yes);
}

Task<> continue_answer(Call& call) {
  co_await body_or_none<NothingBody>(call);
  auto reader = co_await call.services.conversations.dialogue().go_on(call.user, call.parameter("id"), call.parameter("message"));
  co_await relay(call, std::move(reader), Pays::yes);
}

Task<> stop_answer(Call& call) {
  co_await body_or_none<NothingBody>(call);
  co_await call.services.conversations.dialogue().stop(call.user, call.parameter("id"), call.parameter("message"));
  co_await call.reply_empty(204);
}

Task<> follow_answer(Call& call) {
  auto reader = co_await call.services.conversations.dialogue().follow(call.user, call.parameter("id"), call.parameter("message"));
  co_await relay(call, std::move(reader), Pays::no);
}

}  // namespace fragua::api::native
