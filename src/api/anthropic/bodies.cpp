#include "api/anthropic/bodies.h"

#include <map>

#include "base/strings.h"

namespace fragua::api::anthropic {

namespace {

[[noreturn]] void refuse(const std::string& text) { throw Error(ErrorCode::invalid_argument, text); }

// Text of a text, or of text blocks.
std::string text_of(const json::value& value, const std::string& path) {
  if (value.is_null()) return "";
  if (value.is_string()) return std::string(value.get_string());
  if (!value.is_array()) refuse("\"" + path + "\" must be a string or a list of blocks");
  std::string text;
  for (const auto& item : value.get_array()) {
    if (!item.is_object()) refuse("\"" + path + "\" must be a string or a list of blocks");
    const auto part = string_member(item.get_object(), "text");
    if (!text.empty() && !part.empty()) text += "\n";
    text += part;
  }
  return text;
}

std::string image_of(const json::object& block, const std::string& path) {
  const auto* source = find_member(block, "source");
  if (!source || !source->is_object()) refuse("\"" + path + ".source\" must be an object");
  const auto& object = source->get_object();
  if (string_member(object, "type") != "base64")
    refuse("\"" + path + ".source.type\" must be base64; the server does not fetch images from addresses");
  auto data = string_member(object, "data");
  if (!from_base64(data)) refuse("\"" + path + ".source.data\" must be base64");
  return data;
}

// One of Anthropic's messages becomes several of the engine's: results of tools are messages of their own.
class MessageReader {
 public:
  void read(const Message& message, const std::string& path) {
    if (message.role != "user" && message.role != "assistant" && message.role != "system")
      refuse("\"" + path + ".role\" must be user or assistant");
    engine::Message next;
    next.role = message.role;
    if (message.content.is_string())
      next.content = std::string(message.content.get_string());
    else if (message.content.is_array())
      read_blocks(message.content.get_array(), next, path + ".content");
    else
      refuse("\"" + path + ".content\" must be a string or a list of blocks");
    const bool is_empty =
        next.content.empty() && next.images.empty() && next.tool_calls.empty() && next.thinking.empty();
    if (!is_empty || !only_results_) messages.push_back(std::move(next));
    only_results_ = false;
  }

  std::vector<engine::Message> messages;

 private:
  void read_blocks(const json::array& blocks, engine::Message& next, const std::string& path) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      const auto at = path + "[" + std::to_string(i) + "]";
      if (!blocks[i].is_object()) refuse("\"" + at + "\" must be an object");
      read_block(blocks[i].get_object(), next, at);
    }
  }

  void read_block(const json::object& block, engine::Message& next, const std::string& path) {
    const auto type = string_member(block, "type");
    if (type == "text") {
      if (!next.content.empty()) next.content += "\n";
      next.content += string_member(block, "text");
    } else if (type == "image") {
      next.images.push_back(image_of(block, path));
      next.image_offsets.push_back(std::uint32_t(next.content.size()));
    } else if (type == "thinking") {
      next.thinking += string_member(block, "thinking");
    } else if (type == "tool_use") {
      const auto* input = find_member(block, "input");
      next.tool_calls.push_back(
          {string_member(block, "id"), string_member(block, "name"), input ? *input : json::object()});
      tool_names_[next.tool_calls.back().id] = next.tool_calls.back().name;
    } else if (type == "tool_result") {
      read_result(block, path);
    } else if (type != "redacted_thinking") {
      refuse("\"" + path + ".type\" must be text, image, thinking, tool_use or tool_result, not \"" + type + "\"");
    }
  }

  void read_result(const json::object& block, const std::string& path) {
    engine::Message result;
    result.role = "tool";
    result.tool_call_id = string_member(block, "tool_use_id");
    const auto named = tool_names_.find(result.tool_call_id);
    if (named != tool_names_.end()) result.tool_name = named->second;
    if (const auto* content = find_member(block, "content")) {
      result.content = text_of(*content, path + ".content");
      if (content->is_array()) {
        for (const auto& item : content->get_array())
          if (string_member(item.get_object(), "type") == "image")
            result.images.push_back(image_of(item.get_object(), path + ".content"));
      }
    }
    messages.push_back(std::move(result));
    only_results_ = true;
  }

  std::map<std::string, std::string> tool_names_;
  bool only_results_ = false;
};

// The engine takes tools as OpenAI writes them.
json::array tools_to_json(const std::vector<Tool>& tools) {
  json::array list;
  for (const auto& tool : tools) {
    json::object function{{"name", tool.name}, {"description", tool.description}};
    function["parameters"] =
        tool.input_schema.is_object() ? tool.input_schema : json::value(json::object{{"type", "object"}});
    json::object item{{"type", "function"}};
    item["function"] = std::move(function);
    list.push_back(std::move(item));
  }
  return list;
}

void read_tool_choice(const PromptBody& body, engine::GenerateRequest& request) {
  if (!body.tool_choice) return;
  const auto& choice = *body.tool_choice;
  request.parallel_tool_calls = !choice.disable_parallel_tool_use;
  if (choice.type == "any")
    request.tool_choice = "required";
  else if (choice.type == "tool")
    request.tool_choice = choice.name;
  else if (choice.type == "auto" || choice.type == "none")
    request.tool_choice = choice.type;
  else
    refuse("\"tool_choice.type\" must be auto, any, tool or none");
  if (request.tool_choice.empty()) refuse("\"tool_choice.name\" must name a tool");
  const bool must_call = choice.type == "any" || choice.type == "tool";
  if (must_call && body.tools.empty()) refuse("\"tool_choice\" asks for a tool call, but there are no tools");
}

}  // namespace

engine::GenerateRequest to_request(const PromptBody& body) {
  if (body.messages.empty()) refuse("\"messages\" must have at least one message");
  MessageReader reader;
  const auto system = text_of(body.system, "system");
  if (!system.empty()) reader.messages.push_back({.role = "system", .content = system});
  for (std::size_t i = 0; i < body.messages.size(); ++i)
    reader.read(body.messages[i], "messages[" + std::to_string(i) + "]");
  engine::GenerateRequest request;
  request.messages = std::move(reader.messages);
  if (!body.tools.empty()) request.tools = tools_to_json(body.tools);
  read_tool_choice(body, request);
  if (body.thinking) request.think = body.thinking->type != "disabled";
  return request;
}

engine::GenerateRequest to_request(const MessagesBody& body) {
  auto request = to_request(static_cast<const PromptBody&>(body));
  request.truncate = body.truncate;
  if (const auto& format = body.output_config.format) {
    if (format->type != "json_schema" || !format->schema.is_object())
      refuse("\"output_config.format\" must be {\"type\": \"json_schema\", \"schema\": {…}}");
    request.grammar_kind = "json_schema";
    request.grammar = to_json(format->schema);
  }
  return request;
}

json::object to_options(const MessagesBody& body) {
  if (body.max_tokens < 1) refuse("\"max_tokens\" must be at least 1");
  json::object options;
  options["num_predict"] = body.max_tokens;
  if (body.temperature) options["temperature"] = *body.temperature;
  if (body.top_p) options["top_p"] = *body.top_p;
  if (body.top_k) options["top_k"] = *body.top_k;
  if (!body.stop_sequences.empty()) options["stop"] = json::value_from(body.stop_sequences);
  return options;
}

}  // namespace fragua::api::anthropic
