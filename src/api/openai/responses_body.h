// The body of POST /v1/responses and what is read from it. Callers: api/openai/responses. Threads: plain data.
// Stateless: previous_response_id is refused, since nothing is kept that it could name.
#pragma once
#include <optional>
#include <string>

#include "api/openai/sampling.h"

namespace fragua::api::openai {

struct Reasoning {
  std::string effort;
};
template <class V>
void describe(V& field, Reasoning& reasoning) {
  field.optional("effort", reasoning.effort, "none, minimal, low, medium, high");
}
struct TextFormat {
  json::value format;
};
template <class V>
void describe(V& field, TextFormat& text) {
  field.optional("format", text.format, "text, json_object, json_schema or grammar");
}

struct ResponsesBody {
  std::string model;
  json::value input;
  std::string instructions;
  json::value tools;
  json::value tool_choice;
  bool parallel_tool_calls = true;
  TextFormat text;
  Reasoning reasoning;
  bool stream = false;
  std::optional<double> temperature;
  std::optional<double> top_p;
  std::optional<std::int64_t> max_output_tokens;
  std::string previous_response_id;
  std::string truncation = "auto";
  json::object metadata;
};
template <class V>
void describe(V& field, ResponsesBody& body) {
  field.required("model", body.model, "name of the model");
  field.required("input", body.input, "a text or a list of items");
  field.optional("instructions", body.instructions, "the system message");
  field.optional("tools", body.tools, "a list of functions");
  field.optional("tool_choice", body.tool_choice, "auto, none, required or an object that names a function");
  field.optional("parallel_tool_calls", body.parallel_tool_calls);
  field.optional("text", body.text);
  field.optional("reasoning", body.reasoning);
  field.optional("stream", body.stream, "answer as server-sent events");
  field.optional("temperature", body.temperature, "the model's default unless given");
  field.optional("top_p", body.top_p);
  field.optional("max_output_tokens", body.max_output_tokens);
  field.optional("previous_response_id", body.previous_response_id, "refused: nothing is kept");
  field.optional("truncation", body.truncation,
                 "auto (here the default): the oldest items go when all do not fit; disabled: that is a 400");
  field.optional("metadata", body.metadata, "given back with the answer");
}

engine::GenerateRequest to_request(const ResponsesBody& body);
json::object to_options(const ResponsesBody& body);

}  // namespace fragua::api::openai
