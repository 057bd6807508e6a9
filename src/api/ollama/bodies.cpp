#include "api/ollama/bodies.h"

#include "base/strings.h"

namespace fragua::api::ollama {

inference::KeepAlive read_keep_alive(const json::value& value) {
  using std::chrono::nanoseconds;
  if (value.is_null()) return std::nullopt;
  if (value.is_number()) {
    const double seconds = value.to_number<double>();
    if (seconds < 0) return nanoseconds(-1);
    return nanoseconds(std::int64_t(std::min(seconds, 9e9) * 1e9));
  }
  if (value.is_string() && value.get_string().empty()) return std::nullopt;
  const auto duration = value.is_string() ? parse_go_duration(std::string_view(value.get_string())) : std::nullopt;
  if (!duration) throw Error(ErrorCode::invalid_argument, "\"keep_alive\" must be a number of seconds or a duration such as \"5m\"");
  return *duration < nanoseconds(0) ? nanoseconds(-1) : *duration;
}

namespace {

void read_format(const json::value& format, engine::GenerateRequest& request) {
  if (format.is_null() || (format.is_string() && format.get_string().empty())) return;
  if (format.is_string() && format.get_string() == "json") {
    request.grammar_kind = "json";
  } else if (format.is_object()) {
    request.grammar_kind = "json_schema";
    request.grammar = to_json(format);
  } else {
    throw Error(ErrorCode::invalid_argument, "\"format\" must be \"json\" or a JSON Schema object");
  }
}

void read_think(const json::value& think, engine::GenerateRequest& request) {
  if (think.is_null()) return;
  if (think.is_bool()) {
    request.think = think.get_bool();
    return;
  }
  const std::string level = think.is_string() ? std::string(think.get_string()) : "?";
  if (level != "low" && level != "medium" && level != "high")
    throw Error(ErrorCode::invalid_argument, "\"think\" must be true, false, \"low\", \"medium\" or \"high\"");
  request.think = true;
  request.think_level = level;
}

}  // namespace

void read_common(const CommonBody& body, engine::GenerateRequest& request, json::object& options) {
  if (body.top_logprobs < 0 || body.top_logprobs > 20) throw Error(ErrorCode::invalid_argument, "top_logprobs must be between 0 and 20");
  read_format(body.format, request);
  read_think(body.think, request);
  request.truncate = body.truncate.value_or(true);
  options = body.options;
  if (body.logprobs || body.top_logprobs > 0) {
    options["logprobs"] = true;
    options["top_logprobs"] = body.top_logprobs;
  }
}

engine::Message to_engine(const Message& message) {
  engine::Message result{lowercase(message.role), message.content, message.thinking, message.images, {}, {}, message.tool_name, message.tool_call_id};
  for (const auto& call : message.tool_calls) result.tool_calls.push_back({call.id, call.function.name, call.function.arguments});
  return result;
}

json::array tool_calls_to_json(const std::vector<engine::ToolCall>& calls) {
  json::array result;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const auto& call = calls[i];
    result.push_back({{"id", call.id}, {"function", {{"index", i}, {"name", call.name}, {"arguments", call.arguments}}}});
  }
  return result;
}

}  // namespace fragua::api::ollama
