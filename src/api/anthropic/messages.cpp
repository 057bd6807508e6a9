// POST /v1/messages and /v1/messages/count_tokens.
#include "api/anthropic/bodies.h"
#include "api/anthropic/message_stream.h"
#include "api/anthropic/routes.h"
#include "base/ids.h"

namespace fragua::api::anthropic {

namespace {

std::string new_id(Call& call) {
  return "msg_" + id_text(call.services.random(), 12) + id_text(call.services.random(), 12);
}

json::array content_to_json(const engine::Delta& answer, const engine::Done& done) {
  json::array content;
  if (!answer.thinking.empty())
    content.push_back({{"type", "thinking"}, {"thinking", answer.thinking}, {"signature", ""}});
  if (!answer.content.empty()) content.push_back({{"type", "text"}, {"text", answer.content}});
  for (const auto& call : done.tool_calls)
    content.push_back({{"type", "tool_use"}, {"id", call.id}, {"name", call.name}, {"input", call.arguments}});
  return content;
}

Task<> reply_message(Call& call, inference::Generation& generation) {
  Gathering gathering;
  const auto done = co_await relay(call, generation, gathering);
  auto message = message_to_json(new_id(call), call.model);
  message["content"] = content_to_json(gathering.whole, done);
  message["stop_reason"] = stop_reason(done);
  message["stop_sequence"] = stop_sequence(done);
  message["usage"] = usage_to_json(done);
  put_lacks(message, done);
  co_await call.reply(std::move(message));
}

Task<> stream_message(Call& call, inference::Generation& generation) {
  MessageStream stream(call, new_id(call));
  auto done = co_await relay(call, generation, stream);
  co_await stream.finish(std::move(done));
}

}  // namespace

Task<> messages(Call& call) {
  const auto body = co_await call.body_as<MessagesBody>(Unknown::ignored);
  auto request = to_request(body);
  request.user = call.user;
  auto options = to_options(body);
  auto model = co_await named_model(call, body.model);
  auto generation =
      co_await call.services.inference.generate(std::move(model), std::move(request), std::move(options), std::nullopt);
  Generations generations;
  generations.push_back(std::move(generation));
  const DisconnectWatch watch(call, generations);
  if (body.stream)
    co_await stream_message(call, *generations.front());
  else
    co_await reply_message(call, *generations.front());
}

Task<> count_tokens(Call& call) {
  const auto body = co_await call.body_as<CountBody>(Unknown::ignored);
  auto whole = to_request(body);
  engine::TextRequest request;
  request.messages = std::move(whole.messages);
  request.tools = std::move(whole.tools);
  auto model = co_await named_model(call, body.model);
  const auto rendered =
      co_await call.services.inference.text(std::move(model), engine::FrameKind::render, std::move(request));
  json::object answer;
  answer["input_tokens"] = rendered.prompt_tokens;
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::anthropic
