#include "engine/tool_call_text.h"

#include <optional>

#include "base/error.h"
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

json::object schema_of_call(const json::object& function, json::object& definitions) {
  json::value arguments = json::object{{"type", "object"}};
  if (const auto* parameters = find_member(function, "parameters"); parameters && parameters->is_object()) arguments = *parameters;
  // "#/$defs/…" is looked up at the root.
  for (const char* key : {"$defs", "definitions"})
    if (const auto* inner = find_member(arguments.get_object(), key); inner && inner->is_object()) {
      auto& outer = definitions[key];
      if (!outer.is_object()) outer.emplace_object();
      for (const auto& [name, schema] : inner->get_object()) outer.get_object()[name] = schema;
    }
  json::object properties;
  properties["name"] = json::object{{"const", string_member(function, "name")}};
  properties["arguments"] = std::move(arguments);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", json::array{"name", "arguments"}}, {"additionalProperties", false}};
}

}  // namespace

GrammarSpec bare_call_grammar(const json::value& tools, const std::string& only) {
  json::object schema;
  json::array calls;
  if (tools.is_array())
    for (const auto& tool : tools.get_array()) {
      const auto* function = tool.is_object() ? find_member(tool.get_object(), "function") : nullptr;
      if (!function || !function->is_object()) throw Error(ErrorCode::invalid_argument, "each of \"tools\" must have a \"function\" object");
      const bool is_wanted = only.empty() || string_member(function->get_object(), "name") == only;
      if (is_wanted) calls.push_back(schema_of_call(function->get_object(), schema));
    }
  if (calls.empty()) throw Error(ErrorCode::invalid_argument, "tool_choice names \"" + only + "\", which is not among the tools");
  schema["anyOf"] = std::move(calls);
  return {GrammarSpec::Kind::json_schema, json::serialize(schema), {}};
}

std::set<std::string> tool_names(const json::value& tools) {
  std::set<std::string> names;
  if (tools.is_array())
    for (const auto& tool : tools.get_array())
      if (const auto* function = tool.is_object() ? find_member(tool.get_object(), "function") : nullptr; function && function->is_object())
        names.insert(string_member(function->get_object(), "name"));
  return names;
}

std::vector<ToolCallDelta> read_tool_calls(std::string_view text, const std::set<std::string>& offered) {
  std::vector<ToolCallDelta> calls;
  for (auto at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
    const auto end = object_end(text, at);
    if (!end) break;
    auto call = read_call(text.substr(at, *end - at), int(calls.size()));
    if (call && offered.contains(call->name)) calls.push_back(std::move(*call));
    at = *end;
  }
  return calls;
}

bool may_be_bare_call(std::string_view text) {
  text = trimmed(text);
  return text.starts_with('{') || text.starts_with(kFence) || (!text.empty() && kFence.starts_with(text));
}

}  // namespace fragua::engine
