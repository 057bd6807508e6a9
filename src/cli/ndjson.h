// NdjsonReader: cuts a streamed answer into lines and each line into an object; an `error` member ends the stream.
// Callers: cli/api_client. Threads: one. Accepts Ollama's {"error":"…"} and OpenAI's {"error":{"message":"…"}}.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace fragua::cli {

class NdjsonReader {
 public:
  explicit NdjsonReader(std::function<void(const json::object&)> on_line) : on_line_(std::move(on_line)) {}
  void feed(std::string_view piece);
  void finish();  // a last line without its newline
  // What the server said went wrong, once it said so; later lines are not passed on.
  const std::optional<std::string>& error() const { return error_; }

 private:
  void take_line(std::string_view line);
  std::function<void(const json::object&)> on_line_;
  std::string rest_;
  std::optional<std::string> error_;
};

// The error's sentence in a body, if it has one.
std::optional<std::string> error_of(const json::value& body);

}  // namespace fragua::cli
