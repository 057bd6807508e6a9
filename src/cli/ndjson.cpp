#include "cli/ndjson.h"

#include "base/strings.h"

namespace fragua::cli {

std::optional<std::string> error_of(const json::value& body) {
  if (!body.is_object()) return std::nullopt;
  const auto* error = find_member(body.get_object(), "error");
  if (error == nullptr) return std::nullopt;
  if (error->is_string()) return std::string(error->get_string());
  if (error->is_object()) return string_member(error->get_object(), "message", to_json(*error));
  return to_json(*error);
}

void NdjsonReader::feed(std::string_view piece) {
  rest_ += piece;
  std::size_t start = 0;
  for (auto end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', start)) {
    take_line(std::string_view(rest_).substr(start, end - start));
    start = end + 1;
  }
  rest_.erase(0, start);
}

void NdjsonReader::finish() {
  const auto last = std::move(rest_);
  rest_.clear();
  take_line(last);
}

void NdjsonReader::take_line(std::string_view line) {
  line = trimmed(line);
  if (line.empty() || error_) return;
  json::error_code failed;
  const auto value = json::parse(line, failed);
  error_ =
      failed ? "the server answered something that is not JSON: " + std::string(line.substr(0, 200)) : error_of(value);
  if (!error_ && value.is_object() && on_line_) on_line_(value.get_object());
}

}  // namespace fragua::cli
