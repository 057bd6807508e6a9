#include "api/anthropic/message_stream.h"

namespace fragua::api::anthropic {

std::string stop_reason(const engine::Done& done) {
  if (done.reason == "length") return "max_tokens";
  if (!done.tool_calls.empty()) return "tool_use";
  return done.stop_sequence.empty() ? "end_turn" : "stop_sequence";
}

json::value stop_sequence(const engine::Done& done) {
  if (stop_reason(done) != "stop_sequence") return nullptr;
  return json::value_from(done.stop_sequence);
}

json::object usage_to_json(const engine::Done& done) {
  return {{"input_tokens", done.prompt_tokens - done.cached_tokens},
          {"cache_creation_input_tokens", 0},
          {"cache_read_input_tokens", done.cached_tokens},
          {"output_tokens", done.answer_tokens}};
}

json::object message_to_json(const std::string& id, const std::string& model) {
  json::object message{{"id", id}, {"type", "message"}, {"role", "assistant"}, {"model", model}};
  message["content"] = json::array();
  message["stop_reason"] = nullptr;
  message["stop_sequence"] = nullptr;
  message["usage"] = usage_to_json({});
  return message;
}

Task<> MessageStream::send(json::object event) {
  auto type = string_member(event, "type");
  auto data = to_json(event);
  co_await call_.event(std::move(data), std::move(type));
}

Task<> MessageStream::begin() {
  if (begun_) co_return;
  begun_ = true;
  json::object start;
  start["type"] = "message_start";
  start["message"] = message_to_json(id_, call_.model);
  co_await send(std::move(start));
  json::object ping;
  ping["type"] = "ping";
  co_await send(std::move(ping));
}

Task<> MessageStream::open(std::string key, json::object block) {
  if (open_ == key) co_return;
  co_await close();
  open_ = std::move(key);
  ++index_;
  json::object event;
  event["type"] = "content_block_start";
  event["index"] = index_;
  event["content_block"] = std::move(block);
  co_await send(std::move(event));
}

Task<> MessageStream::close() {
  if (open_.empty()) co_return;
  open_.clear();
  json::object event;
  event["type"] = "content_block_stop";
  event["index"] = index_;
  co_await send(std::move(event));
}

Task<> MessageStream::add(const char* type, const char* field, std::string text) {
  json::object delta;
  delta["type"] = type;
  delta[field] = std::move(text);
  json::object event;
  event["type"] = "content_block_delta";
  event["index"] = index_;
  event["delta"] = std::move(delta);
  co_await send(std::move(event));
}

Task<> MessageStream::take_tool_call(engine::ToolCallDelta delta) {
  calls_.note(delta);
  json::object block;
  block["type"] = "tool_use";
  block["id"] = delta.id;
  block["name"] = delta.name;
  block["input"] = json::object();
  co_await open("tool " + std::to_string(delta.index), std::move(block));
  if (!delta.arguments.empty()) co_await add("input_json_delta", "partial_json", std::move(delta.arguments));
}

Task<> MessageStream::take(engine::Delta delta) {
  co_await begin();
  if (!delta.thinking.empty()) {
    json::object block;
    block["type"] = "thinking";
    block["thinking"] = "";
    block["signature"] = "";
    co_await open("thinking", std::move(block));
    co_await add("thinking_delta", "thinking", std::move(delta.thinking));
  }
  if (!delta.content.empty()) {
    json::object block;
    block["type"] = "text";
    block["text"] = "";
    co_await open("text", std::move(block));
    co_await add("text_delta", "text", std::move(delta.content));
  }
  for (auto& tool_call : delta.tool_calls) co_await take_tool_call(std::move(tool_call));
}

Task<> MessageStream::finish(engine::Done done) {
  co_await begin();
  auto untold = calls_.untold(done.tool_calls);
  for (auto& tool_call : untold) co_await take_tool_call(std::move(tool_call));
  co_await close();
  json::object delta;
  delta["stop_reason"] = stop_reason(done);
  delta["stop_sequence"] = stop_sequence(done);
  json::object event;
  event["type"] = "message_delta";
  event["delta"] = std::move(delta);
  event["usage"] = usage_to_json(done);
  put_lacks(event, done);
  co_await send(std::move(event));
  json::object stop;
  stop["type"] = "message_stop";
  co_await send(std::move(stop));
  co_await call_.end();
}

}  // namespace fragua::api::anthropic
