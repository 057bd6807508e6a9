#include "api/openai/responses_body.h"

#include <map>

#include "api/openai/messages.h"

namespace fragua::api::openai {

namespace {

// Items become messages: a call of a function belongs to the assistant's message before it.
class ItemReader {
 public:
  void read(const json::value& value, const std::string& path) {
    if (!value.is_object()) body::fail(path, "an object");
    const auto& item = value.get_object();
    const auto type = string_member(item, "type", "message");
    if (type == "message")
      read_message(item, path);
    else if (type == "function_call")
      read_call(item, path);
    else if (type == "function_call_output")
      read_output(item, path);
    else if (type != "reasoning")
      body::fail(path + ".type", "message, function_call, function_call_output or reasoning");
  }

  std::vector<engine::Message> messages;

 private:
  void read_message(const json::object& item, const std::string& path) {
    engine::Message message;
    message.role = string_member(item, "role");
    if (message.role == "developer") message.role = "system";
    if (message.role != "system" && message.role != "user" && message.role != "assistant")
      body::fail(path + ".role", "system, developer, user or assistant");
    if (const auto* content = find_member(item, "content")) read_content(*content, message, path + ".content");
    messages.push_back(std::move(message));
  }

  void read_call(const json::object& item, const std::string& path) {
    if (messages.empty() || messages.back().role != "assistant") messages.push_back({.role = "assistant"});
    engine::ToolCall call;
    call.id = string_member(item, "call_id");
    call.name = string_member(item, "name");
    call.arguments = read_arguments(string_member(item, "arguments"), path + ".arguments");
    names_[call.id] = call.name;
    messages.back().tool_calls.push_back(std::move(call));
  }

  void read_output(const json::object& item, const std::string& path) {
    engine::Message message;
    message.role = "tool";
    message.tool_call_id = string_member(item, "call_id");
    if (const auto named = names_.find(message.tool_call_id); named != names_.end()) message.tool_name = named->second;
    if (const auto* output = find_member(item, "output")) read_content(*output, message, path + ".output");
    messages.push_back(std::move(message));
  }

  std::map<std::string, std::string> names_;
};

// Functions are flat here and nested in chat, which is what the engine takes.
json::array chat_tools(const json::value& tools) {
  if (!tools.is_array()) body::fail("tools", "a list");
  json::array result;
  for (const auto& tool : tools.get_array()) {
    const auto* object = tool.if_object();
    if (!object || string_member(*object, "type") != "function")
      body::fail("tools", "functions: the server has no tools of its own");
    json::object function = *object;
    function.erase("type");
    function.erase("strict");
    json::object item;
    item["type"] = "function";
    item["function"] = std::move(function);
    result.push_back(std::move(item));
  }
  return result;
}

std::vector<engine::Message> messages_of(const ResponsesBody& body) {
  ItemReader reader;
  if (!body.instructions.empty()) reader.messages.push_back({.role = "system", .content = body.instructions});
  if (body.input.is_string()) {
    reader.messages.push_back({.role = "user", .content = std::string(body.input.get_string())});
  } else if (body.input.is_array() && !body.input.get_array().empty()) {
    std::size_t index = 0;
    for (const auto& item : body.input.get_array()) reader.read(item, "input[" + std::to_string(index++) + "]");
  } else {
    body::fail("input", "a string or a list of items");
  }
  return std::move(reader.messages);
}

}  // namespace

engine::GenerateRequest to_request(const ResponsesBody& body) {
  if (!body.previous_response_id.empty())
    body::fail("previous_response_id",
               "left out: the server keeps no answers; send the whole conversation as \"input\"");
  if (body.truncation != "auto" && body.truncation != "disabled") body::fail("truncation", "auto or disabled");
  engine::GenerateRequest request;
  request.messages = messages_of(body);
  request.truncate = body.truncation == "auto";
  if (!body.tools.is_null()) request.tools = chat_tools(body.tools);
  request.parallel_tool_calls = body.parallel_tool_calls;
  read_tool_choice(body.tool_choice, request);
  read_response_format(body.text.format, request);
  read_reasoning_effort(body.reasoning.effort, request);
  return request;
}

json::object to_options(const ResponsesBody& body) {
  SamplingBody sampling;
  sampling.temperature = body.temperature;
  sampling.top_p = body.top_p;
  sampling.max_tokens = body.max_output_tokens;
  return to_options(sampling);
}

}  // namespace fragua::api::openai
