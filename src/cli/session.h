// Session: what a conversation in the terminal knows (model, messages, parameters, how to show answers), and the
// requests made from it. Callers: cli/run, cli/repl, cli/settings. Threads: any; a plain value and pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace fragua::cli {

struct Session {
  std::string model;
  std::optional<std::string> system;  // instead of the model's own
  json::array messages;               // user and assistant, in order
  json::object options;               // parameters
  json::value format;                 // null, "json" or a schema
  json::value think;                  // null, true, false or a level
  json::value keep_alive;             // null, seconds or a Go duration
  bool word_wrap = true;
  bool verbose = false;
  bool hide_thinking = false;
  bool sees_images = false;
  bool history = true;
};

json::object chat_request(const Session& session);
json::object generate_request(const Session& session, const std::string& prompt,
                              const std::vector<std::string>& images);
// POST /api/create of a model that goes on where this conversation is.
json::object save_request(const Session& session, const std::string& name);
// {"role":"user","content":…,"images":[…]}
json::object user_message(const std::string& content, const std::vector<std::string>& images);

// "json" or a JSON Schema as text.
Result<json::value> parse_format(std::string_view text);
// "true", "false", or a level that the server checks.
json::value parse_think(std::string_view text);
// "300" (seconds) or "5m"; Error(invalid_argument).
json::value parse_keep_alive(std::string_view text);
// The values of one parameter as its type wants them. What is wrong with the name or a value, and then nothing is set.
std::optional<std::string> set_parameter(Session& session, const std::string& name,
                                         const std::vector<std::string>& values);

}  // namespace fragua::cli
