// Bodies of Ollama's inference endpoints, and what is read from them. Callers: api/ollama. Threads: plain data.
// Unknown fields are ignored, null and "" count as absent, as Go clients send them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/body.h"
#include "engine/protocol.h"
#include "inference/fleet.h"

namespace fragua::api::ollama {

struct ToolFunction {
  std::string name;
  json::value arguments;
};
template <class V> void describe(V& field, ToolFunction& function) {
  field.required("name", function.name);
  field.optional("arguments", function.arguments);
}
struct ToolCall {
  std::string id;
  ToolFunction function;
};
template <class V> void describe(V& field, ToolCall& call) {
  field.optional("id", call.id);
  field.required("function", call.function);
}

struct Message {
  std::string role;
  std::string content;
  std::string thinking;
  std::vector<std::string> images;
  std::vector<ToolCall> tool_calls;
  std::string tool_name;
  std::string tool_call_id;
};
template <class V> void describe(V& field, Message& message) {
  field.required("role", message.role, "system, user, assistant or tool");
  field.optional("content", message.content);
  field.optional("thinking", message.thinking);
  field.optional("images", message.images, "base64");
  field.optional("tool_calls", message.tool_calls);
  field.optional("tool_name", message.tool_name);
  field.optional("tool_call_id", message.tool_call_id);
}

// What generate and chat have in common.
struct CommonBody {
  std::string model;
  std::optional<bool> stream;
  json::value format;
  json::value keep_alive;
  json::object options;
  json::value think;
  std::optional<bool> truncate;
  std::optional<bool> shift;
  bool logprobs = false;
  int top_logprobs = 0;
};
template <class V> void describe_common(V& field, CommonBody& body) {
  field.optional("model", body.model, "name of the model");
  field.optional("stream", body.stream, "true unless said otherwise: one JSON object a line");
  field.optional("format", body.format, "\"json\" or a JSON Schema");
  field.optional("keep_alive", body.keep_alive, "how long the model stays loaded: seconds or a Go duration; negative: for ever");
  field.optional("options", body.options, "sampling and context options by Ollama's names");
  field.optional("think", body.think, "true, false, or low, medium, high");
  field.optional("truncate", body.truncate, "false: an input that does not fit is an error");
  field.optional("shift", body.shift, "taken for compatibility: an answer ends with done_reason length at num_ctx");
  field.optional("logprobs", body.logprobs);
  field.optional("top_logprobs", body.top_logprobs, "0 to 20");
}

struct GenerateBody : CommonBody {
  std::string prompt;
  std::string suffix;
  std::string system;
  std::string template_;
  std::vector<std::int32_t> context;
  bool raw = false;
  std::vector<std::string> images;
};
template <class V> void describe(V& field, GenerateBody& body) {
  describe_common(field, body);
  field.optional("prompt", body.prompt);
  field.optional("suffix", body.suffix, "text after the answer (insert)");
  field.optional("system", body.system);
  field.optional("template", body.template_);
  field.optional("context", body.context, "what an earlier answer returned");
  field.optional("raw", body.raw, "the prompt goes to the model as it stands");
  field.optional("images", body.images, "base64");
}

struct ChatBody : CommonBody {
  std::vector<Message> messages;
  json::value tools;
};
template <class V> void describe(V& field, ChatBody& body) {
  describe_common(field, body);
  field.optional("messages", body.messages);
  field.optional("tools", body.tools);
}

// nothing: the default. Error(invalid_argument) for what is neither seconds nor a duration.
inference::KeepAlive read_keep_alive(const json::value& value);
// Fills format, think, truncate and logprobs; options' logprobs as well.
void read_common(const CommonBody& body, engine::GenerateRequest& request, json::object& options);
engine::Message to_engine(const Message& message);
json::array tool_calls_to_json(const std::vector<engine::ToolCall>& calls);

}  // namespace fragua::api::ollama
