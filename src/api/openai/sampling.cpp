#include "api/openai/sampling.h"

namespace fragua::api::openai {

namespace {

constexpr int kAnswersMax = 16;

template <class T>
void put(json::object& options, const char* name, const std::optional<T>& value) {
  if (value) options[name] = *value;
}

}  // namespace

void check_count(int n) {
  if (n < 1 || n > kAnswersMax) body::fail("n", "between 1 and 16");
}

json::object to_options(const SamplingBody& body) {
  json::object options;
  put(options, "temperature", body.temperature);
  put(options, "top_p", body.top_p);
  put(options, "presence_penalty", body.presence_penalty);
  put(options, "frequency_penalty", body.frequency_penalty);
  put(options, "seed", body.seed);
  put(options, "num_predict", body.max_tokens);
  put(options, "top_k", body.top_k);
  put(options, "min_p", body.min_p);
  put(options, "repeat_penalty", body.repeat_penalty);
  put(options, "num_ctx", body.num_ctx);
  if (body.max_tokens && *body.max_tokens < 1) body::fail("max_tokens", "at least 1");
  if (body.temperature && (*body.temperature < 0 || *body.temperature > 2))
    body::fail("temperature", "between 0 and 2");
  if (!body.stop.is_null()) options["stop"] = body.stop;
  if (!body.logit_bias.empty()) options["logit_bias"] = body.logit_bias;
  return options;
}

json::object options_of(const json::object& options, int index) {
  json::object result = options;
  if (const auto* seed = find_member(options, "seed"); seed && index > 0)
    result["seed"] = seed->to_number<std::int64_t>() + index;
  return result;
}

void read_response_format(const json::value& format, engine::GenerateRequest& request) {
  if (format.is_null()) return;
  if (!format.is_object()) body::fail("response_format", "an object");
  const auto& object = format.get_object();
  const auto type = string_member(object, "type");
  if (type == "text" || type.empty()) return;
  if (type == "json_object") {
    request.grammar_kind = "json";
  } else if (type == "json_schema") {
    // Chat nests the schema, responses do not.
    const auto* nested = find_member(object, "json_schema");
    const auto* schema = find_member(nested && nested->is_object() ? nested->get_object() : object, "schema");
    if (!schema || !schema->is_object()) body::fail("response_format.json_schema.schema", "an object");
    request.grammar_kind = "json_schema";
    request.grammar = to_json(*schema);
  } else if (type == "grammar" || type == "ebnf" || type == "regex") {
    read_grammar(format, request);
  } else {
    body::fail("response_format.type", "text, json_object, json_schema, grammar or regex");
  }
}

void read_grammar(const json::value& grammar, engine::GenerateRequest& request) {
  if (grammar.is_null()) return;
  request.grammar_kind = "ebnf";
  if (grammar.is_string()) {
    request.grammar = std::string(grammar.get_string());
  } else if (grammar.is_object()) {
    const auto& object = grammar.get_object();
    if (string_member(object, "type") == "regex" || string_member(object, "syntax") == "regex")
      request.grammar_kind = "regex";
    for (const char* name : {"grammar", "regex", "pattern", "definition"})
      if (request.grammar.empty()) request.grammar = string_member(object, name);
  }
  if (request.grammar.empty())
    body::fail("grammar", "a text, or an object with \"type\" (ebnf or regex) and \"grammar\"");
}

void read_reasoning_effort(const std::string& effort, engine::GenerateRequest& request) {
  if (effort.empty()) return;
  request.think = effort != "none";
  if (effort == "minimal")
    request.think_level = "low";
  else if (effort == "xhigh")
    request.think_level = "high";
  else if (effort == "low" || effort == "medium" || effort == "high")
    request.think_level = effort;
  else if (effort != "none")
    body::fail("reasoning_effort", "none, minimal, low, medium, high or xhigh");
}

void read_tool_choice(const json::value& choice, engine::GenerateRequest& request) {
  if (choice.is_null()) return;
  if (choice.is_string()) {
    request.tool_choice = std::string(choice.get_string());
    if (request.tool_choice != "auto" && request.tool_choice != "none" && request.tool_choice != "required")
      body::fail("tool_choice", "auto, none, required or an object that names a function");
  } else {
    const auto* object = choice.if_object();
    const auto* function = object ? find_member(*object, "function") : nullptr;
    if (function && function->is_object()) object = &function->get_object();
    request.tool_choice = object ? string_member(*object, "name") : "";
    if (request.tool_choice.empty()) body::fail("tool_choice.function.name", "the name of a function");
  }
  const bool must_call = request.tool_choice != "auto" && request.tool_choice != "none";
  const bool has_tools = request.tools.is_array() && !request.tools.get_array().empty();
  if (must_call && !has_tools) body::fail("tool_choice", "auto or none when there are no tools");
}

}  // namespace fragua::api::openai
