#include "api/openai/response_stream.h"

#include "api/openai/answers.h"

namespace fragua::api::openai {

namespace {

json::object usage_to_json(const engine::Done& done) {
  return {{"input_tokens", done.prompt_tokens},
          {"input_tokens_details",
           {{"cached_tokens", done.cached_tokens}, {"cache_write_tokens", done.prompt_tokens - done.cached_tokens}}},
          {"output_tokens", done.answer_tokens},
          {"output_tokens_details", {{"reasoning_tokens", 0}}},
          {"total_tokens", done.prompt_tokens + done.answer_tokens}};
}

template <class T>
json::value or_null(const std::optional<T>& value) {
  return value ? json::value(*value) : json::value();
}

}  // namespace

ResponseStream::ResponseStream(Call& call, const ResponsesBody& body)
    : call_(call), body_(body), id_(new_id(call, "resp_")), created_(unix_time(call)) {}

json::object ResponseStream::response(const std::string& status) const {
  json::object result{
      {"id", id_}, {"object", "response"}, {"created_at", created_}, {"status", status}, {"model", body_.model}};
  result["output"] = output_;
  result["error"] = nullptr;
  result["incomplete_details"] = nullptr;
  result["instructions"] = body_.instructions.empty() ? json::value() : json::value_from(body_.instructions);
  result["metadata"] = body_.metadata;
  result["parallel_tool_calls"] = body_.parallel_tool_calls;
  result["temperature"] = or_null(body_.temperature);
  result["top_p"] = or_null(body_.top_p);
  result["max_output_tokens"] = or_null(body_.max_output_tokens);
  result["previous_response_id"] = nullptr;
  result["store"] = false;
  result["truncation"] = body_.truncation;
  result["tools"] = body_.tools.is_array() ? body_.tools : json::value(json::array());
  result["tool_choice"] = body_.tool_choice.is_null() ? json::value("auto") : body_.tool_choice;
  json::object text;
  text["format"] = body_.text.format.is_object() ? body_.text.format : json::value(json::object{{"type", "text"}});
  result["text"] = std::move(text);
  result["usage"] = nullptr;
  if (status == "in_progress") return result;
  result["usage"] = usage_to_json(done_);
  put_lacks(result, done_);
  if (status == "incomplete") result["incomplete_details"] = json::object{{"reason", "max_output_tokens"}};
  return result;
}

Task<> ResponseStream::send(const char* type, json::object event) {
  if (!body_.stream) co_return;
  event["type"] = type;
  event["sequence_number"] = sequence_++;
  auto data = to_json(event);
  co_await call_.event(std::move(data), type);
}

Task<> ResponseStream::begin() {
  if (begun_) co_return;
  begun_ = true;
  for (const char* type : {"response.created", "response.in_progress"}) {
    json::object event;
    event["response"] = response("in_progress");
    co_await send(type, std::move(event));
  }
}

json::object ResponseStream::position() const {
  json::object event;
  event["item_id"] = item_.at("id");
  event["output_index"] = output_.size();
  if (open_ != Kind::function_call) event["content_index"] = 0;
  return event;
}

json::object ResponseStream::part(const std::string& text) const {
  if (open_ == Kind::reasoning) return {{"type", "reasoning_text"}, {"text", text}};
  return {{"type", "output_text"}, {"text", text}, {"annotations", json::array()}, {"logprobs", json::array()}};
}

Task<> ResponseStream::open(Kind kind, int call_index, json::object item) {
  if (open_ == kind && open_call_ == call_index) co_return;
  co_await close();
  open_ = kind;
  open_call_ = call_index;
  item_ = std::move(item);
  item_["status"] = "in_progress";
  text_.clear();
  json::object event;
  event["output_index"] = output_.size();
  event["item"] = item_;
  co_await send("response.output_item.added", std::move(event));
  if (kind == Kind::function_call) co_return;
  event = position();
  event["part"] = part("");
  co_await send("response.content_part.added", std::move(event));
}

Task<> ResponseStream::close() {
  if (open_ == Kind::none) co_return;
  const bool is_call = open_ == Kind::function_call;
  auto event = position();
  event[is_call ? "arguments" : "text"] = text_;
  if (is_call) event["name"] = item_.at("name");
  if (open_ == Kind::message) event["logprobs"] = json::array();
  co_await send(is_call                  ? "response.function_call_arguments.done"
                : open_ == Kind::message ? "response.output_text.done"
                                         : "response.reasoning_text.done",
                std::move(event));
  if (is_call) {
    item_["arguments"] = text_;
  } else {
    event = position();
    event["part"] = part(text_);
    co_await send("response.content_part.done", std::move(event));
    json::array content;
    content.push_back(part(text_));
    item_["content"] = std::move(content);
  }
  item_["status"] = "completed";
  event = {};
  event["output_index"] = output_.size();
  event["item"] = item_;
  co_await send("response.output_item.done", std::move(event));
  output_.push_back(item_);
  open_ = Kind::none;
}

Task<> ResponseStream::add(Kind kind, std::string text) {
  text_ += text;
  auto event = position();
  event["delta"] = std::move(text);
  if (kind == Kind::message) event["logprobs"] = json::array();
  const char* type = kind == Kind::message     ? "response.output_text.delta"
                     : kind == Kind::reasoning ? "response.reasoning_text.delta"
                                               : "response.function_call_arguments.delta";
  co_await send(type, std::move(event));
}

Task<> ResponseStream::take_tool_call(engine::ToolCallDelta delta) {
  calls_.note(delta);
  json::object item;
  item["id"] = new_id(call_, "fc_");
  item["type"] = "function_call";
  item["call_id"] = delta.id;
  item["name"] = delta.name;
  item["arguments"] = "";
  co_await open(Kind::function_call, delta.index, std::move(item));
  if (!delta.arguments.empty()) co_await add(Kind::function_call, std::move(delta.arguments));
}

Task<> ResponseStream::take(engine::Delta delta) {
  co_await begin();
  if (!delta.thinking.empty()) {
    json::object item;
    item["id"] = new_id(call_, "rs_");
    item["type"] = "reasoning";
    item["summary"] = json::array();
    co_await open(Kind::reasoning, -1, std::move(item));
    co_await add(Kind::reasoning, std::move(delta.thinking));
  }
  if (!delta.content.empty()) {
    json::object item;
    item["id"] = new_id(call_, "msg_");
    item["type"] = "message";
    item["role"] = "assistant";
    item["content"] = json::array();
    co_await open(Kind::message, -1, std::move(item));
    co_await add(Kind::message, std::move(delta.content));
  }
  for (auto& tool_call : delta.tool_calls) co_await take_tool_call(std::move(tool_call));
}

Task<> ResponseStream::finish(engine::Done done) {
  co_await begin();
  auto untold = calls_.untold(done.tool_calls);
  for (auto& tool_call : untold) co_await take_tool_call(std::move(tool_call));
  co_await close();
  done_ = std::move(done);
  const bool is_cut = done_.reason == "length";
  auto whole = response(is_cut ? "incomplete" : "completed");
  if (!body_.stream) {
    co_await call_.reply(std::move(whole));
    co_return;
  }
  json::object event;
  event["response"] = std::move(whole);
  co_await send(is_cut ? "response.incomplete" : "response.completed", std::move(event));
  co_await call_.end();
}

}  // namespace fragua::api::openai
