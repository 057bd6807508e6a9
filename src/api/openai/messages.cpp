#include "api/openai/messages.h"

#include <map>

#include "base/strings.h"

namespace fragua::api::openai {

namespace {

std::string image_of(std::string_view url, const std::string& path) {
  if (!url.starts_with("data:"))
    body::fail(path, "a data: URL with base64; the server does not fetch images from addresses");
  const auto comma = url.find(',');
  if (comma == std::string_view::npos || !url.substr(0, comma).ends_with(";base64") ||
      !from_base64(url.substr(comma + 1)))
    body::fail(path, "a data: URL with base64");
  return std::string(url.substr(comma + 1));
}

// {"image_url": {"url": "data:…"}} in chat, {"image_url": "data:…"} in responses.
std::string image_of_part(const json::object& part, const std::string& path) {
  const auto* image = find_member(part, "image_url");
  const auto url =
      image && image->is_object() ? string_member(image->get_object(), "url") : string_member(part, "image_url");
  return image_of(url, path + ".image_url");
}

void read_part(const json::value& value, engine::Message& message, const std::string& path) {
  if (!value.is_object()) body::fail(path, "an object");
  const auto& part = value.get_object();
  const auto type = string_member(part, "type");
  if (type == "text" || type == "input_text" || type == "output_text") {
    message.content += string_member(part, "text");
  } else if (type == "refusal") {
    message.content += string_member(part, "refusal");
  } else if (type == "image_url" || type == "input_image") {
    message.images.push_back(image_of_part(part, path));
    message.image_offsets.push_back(std::uint32_t(message.content.size()));
  } else {
    body::fail(path + ".type", "text or image_url, not \"" + type + "\"");
  }
}

}  // namespace

void read_content(const json::value& content, engine::Message& message, const std::string& path) {
  if (content.is_null()) return;
  if (content.is_string()) {
    message.content += std::string_view(content.get_string());
    return;
  }
  if (!content.is_array()) body::fail(path, "a string or a list of parts");
  std::size_t index = 0;
  for (const auto& part : content.get_array()) read_part(part, message, path + "[" + std::to_string(index++) + "]");
}

json::value read_arguments(const std::string& text, const std::string& path) {
  if (text.empty()) return json::object();
  json::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) body::fail(path, "a JSON object as a text");
  return value;
}

std::vector<engine::Message> to_engine(const std::vector<Message>& messages) {
  std::vector<engine::Message> result;
  std::map<std::string, std::string> tool_names;  // by call id: templates want the name with the result
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const auto& message = messages[i];
    const auto path = "messages[" + std::to_string(i) + "]";
    engine::Message next;
    next.role = message.role == "developer" ? "system" : message.role == "function" ? "tool" : message.role;
    if (next.role != "system" && next.role != "user" && next.role != "assistant" && next.role != "tool")
      body::fail(path + ".role", "system, developer, user, assistant or tool");
    read_content(message.content, next, path + ".content");
    next.thinking = message.reasoning_content;
    for (const auto& call : message.tool_calls) {
      tool_names[call.id] = call.function.name;
      next.tool_calls.push_back({call.id, call.function.name,
                                 read_arguments(call.function.arguments, path + ".tool_calls.function.arguments")});
    }
    next.tool_call_id = message.tool_call_id;
    const auto named = tool_names.find(message.tool_call_id);
    if (next.role == "tool") next.tool_name = named == tool_names.end() ? message.name : named->second;
    result.push_back(std::move(next));
  }
  return result;
}

}  // namespace fragua::api::openai
