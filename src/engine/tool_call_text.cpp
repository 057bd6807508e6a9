#include "engine/tool_call_text.h"

#include <optional>

#include "base/strings.h"

namespace fragua::engine {

namespace {

constexpr std::string_view kFence = "```json";

// Where the whole JSON object that begins at `start` ends; nothing if it does not.
std::optional<std::size_t> object_end(std::string_view text, std::size_t start) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = start; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      else if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return std::nullopt;
}

std::optional<ToolCallDelta> read_call(std::string_view text, int index) {
  json::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  const auto name = string_member(object, "name");
  const auto* arguments = find_member(object, "arguments");
  if (!arguments) arguments = find_member(object, "parameters");
  if (name.empty() || !arguments || !arguments->is_object()) return std::nullopt;
  return ToolCallDelta{index, "", name, json::serialize(*arguments)};
}

}  // namespace

std::vector<ToolCallDelta> read_tool_calls(std::string_view text) {
  std::vector<ToolCallDelta> calls;
  for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
    const auto end = object_end(text, at);
    if (!end) break;
    if (auto call = read_call(text.substr(at, *end - at), int(calls.size()))) calls.push_back(std::move(*call));
    at = *end;
  }
  return calls;
}

bool may_be_bare_call(std::string_view text) {
  text = trimmed(text);
  return text.starts_with('{') || text.starts_with(kFence) || (!text.empty() && kFence.starts_with(text));
}

}  // namespace fragua::engine
