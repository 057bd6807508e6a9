#include "cli/session.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/strings.h"
#include "modelfile/parameters.h"

namespace fragua::cli {

namespace {

void set_common(json::object& body, const Session& session) {
  body["stream"] = true;
  if (!session.options.empty()) body["options"] = session.options;
  if (!session.format.is_null()) body["format"] = session.format;
  if (!session.think.is_null()) body["think"] = session.think;
  if (!session.keep_alive.is_null()) body["keep_alive"] = session.keep_alive;
}

json::array encoded(const std::vector<std::string>& images) {
  json::array array;
  for (const auto& image : images) array.emplace_back(to_base64(image));
  return array;
}

}  // namespace

json::object chat_request(const Session& session) {
  json::array messages;
  if (session.system) messages.push_back({{"role", "system"}, {"content", *session.system}});
  for (const auto& message : session.messages) messages.push_back(message);
  json::object body{{"model", session.model}, {"messages", std::move(messages)}};
  set_common(body, session);
  return body;
}

json::object generate_request(const Session& session, const std::string& prompt,
                              const std::vector<std::string>& images) {
  json::object body{{"model", session.model}, {"prompt", prompt}};
  if (session.system) body["system"] = *session.system;
  if (!images.empty()) body["images"] = encoded(images);
  set_common(body, session);
  return body;
}

json::object save_request(const Session& session, const std::string& name) {
  json::object body{{"model", name}, {"from", session.model}, {"stream", true}};
  if (session.system) body["system"] = *session.system;
  if (!session.options.empty()) body["parameters"] = session.options;
  if (!session.messages.empty()) body["messages"] = session.messages;
  return body;
}

json::object user_message(const std::string& content, const std::vector<std::string>& images) {
  json::object message{{"role", "user"}, {"content", content}};
  if (!images.empty()) message["images"] = encoded(images);
  return message;
}

Result<json::value> parse_format(std::string_view text) {
  text = trimmed(text);
  if (text == "json") return json::value("json");
  json::error_code failed;
  auto schema = text.starts_with('{') ? json::parse(text, failed) : json::value();
  if (failed || !schema.is_object())
    return failure(ErrorCode::invalid_argument, "a format is json or a JSON Schema, written as {...}");
  return schema;
}

json::value parse_think(std::string_view text) {
  if (text.empty() || text == "true") return true;
  if (text == "false") return false;
  return json::value(text);
}

json::value parse_keep_alive(std::string_view text) {
  text = trimmed(text);
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc() && end == text.data() + text.size()) return seconds;
  if (!parse_go_duration(text))
    throw Error(ErrorCode::invalid_argument,
                "\"" + std::string(text) + "\" is not a duration; write 5m, 1h30m, 0 or -1s");
  return json::value(text);
}

std::optional<std::string> set_parameter(Session& session, const std::string& name,
                                         const std::vector<std::string>& values) {
  std::vector<modelfile::Parameter> parameters;
  for (const auto& value : values) {
    parameters.push_back({name, value});
    if (auto problem = modelfile::parameter_problem(parameters.back())) return problem;
  }
  for (const auto& [key, value] : modelfile::parameters_to_json(parameters)) session.options[key] = value;
  return std::nullopt;
}

}  // namespace fragua::cli
