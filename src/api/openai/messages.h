// Messages of OpenAI's chat: content as text or parts, tool calls with arguments as a text, the developer role.
// Callers: api/openai. Threads: plain data. Images come as data: URLs only: the server fetches nothing for a client.
#pragma once
#include <string>
#include <vector>

#include "base/body.h"
#include "engine/protocol.h"

namespace fragua::api::openai {

struct FunctionCall {
  std::string name;
  std::string arguments;
};
template <class V>
void describe(V& field, FunctionCall& call) {
  field.required("name", call.name);
  field.optional("arguments", call.arguments, "JSON as a text");
}
struct ToolCall {
  std::string id;
  std::string type;
  FunctionCall function;
};
template <class V>
void describe(V& field, ToolCall& call) {
  field.optional("id", call.id);
  field.optional("type", call.type);
  field.required("function", call.function);
}

struct Message {
  std::string role;
  json::value content;
  std::string reasoning_content;
  std::string name;
  std::vector<ToolCall> tool_calls;
  std::string tool_call_id;
};
template <class V>
void describe(V& field, Message& message) {
  field.required("role", message.role, "system, developer, user, assistant or tool");
  field.optional("content", message.content, "a text or a list of parts (text, image_url)");
  field.optional("reasoning_content", message.reasoning_content);
  field.optional("name", message.name);
  field.optional("tool_calls", message.tool_calls);
  field.optional("tool_call_id", message.tool_call_id);
}

std::vector<engine::Message> to_engine(const std::vector<Message>& messages);
// Adds a text or parts to a message; `path` names the field in errors.
void read_content(const json::value& content, engine::Message& message, const std::string& path);
// The arguments of a call, which are a text in this dialect. Error(invalid_argument): not a JSON object.
json::value read_arguments(const std::string& text, const std::string& path);

}  // namespace fragua::api::openai
