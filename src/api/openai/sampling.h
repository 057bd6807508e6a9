// What chat, completions and responses of OpenAI's dialect have in common: sampling, limits, streaming, structured
// output. Callers: api/openai. Threads: plain data. What the request leaves out is the model's own default, not
// OpenAI's. Unknown fields are ignored, as the original does.
#pragma once
#include <optional>
#include <string>

#include "base/body.h"
#include "engine/protocol.h"

namespace fragua::api::openai {

struct StreamOptions {
  bool include_usage = false;
};
template <class V>
void describe(V& field, StreamOptions& options) {
  field.optional("include_usage", options.include_usage, "a last chunk with the token counts");
}

struct SamplingBody {
  std::string model;
  bool stream = false;
  StreamOptions stream_options;
  std::optional<double> temperature;
  std::optional<double> top_p;
  std::optional<double> presence_penalty;
  std::optional<double> frequency_penalty;
  std::optional<std::int64_t> seed;
  std::optional<std::int64_t> max_tokens;
  json::value stop;
  json::object logit_bias;
  int n = 1;
  std::optional<int> top_k;
  std::optional<double> min_p;
  std::optional<double> repeat_penalty;
  std::optional<std::uint32_t> num_ctx;
  bool truncate = true;
  std::string user;
};
template <class V>
void describe_sampling(V& field, SamplingBody& body) {
  field.required("model", body.model, "name of the model");
  field.optional("stream", body.stream, "answer as server-sent events");
  field.optional("stream_options", body.stream_options);
  field.optional("temperature", body.temperature, "the model's default unless given");
  field.optional("top_p", body.top_p);
  field.optional("presence_penalty", body.presence_penalty);
  field.optional("frequency_penalty", body.frequency_penalty);
  field.optional("seed", body.seed);
  field.optional("max_tokens", body.max_tokens);
  field.optional("stop", body.stop, "a text or a list of texts");
  field.optional("user", body.user, "whose request this is: turns are shared fairly between users, and cached prompts are not shared");
  field.optional("logit_bias", body.logit_bias, "token number to what is added to its logit");
  field.optional("n", body.n, "how many answers, 1 to 16");
  field.optional("top_k", body.top_k, "extension");
  field.optional("min_p", body.min_p, "extension");
  field.optional("repeat_penalty", body.repeat_penalty, "extension");
  field.optional("num_ctx", body.num_ctx, "extension: the context in tokens");
  field.optional("truncate", body.truncate, "extension: false: a prompt that does not fit is a 400 and loses nothing");
}

// By Ollama's names, as Service::generate takes them.
json::object to_options(const SamplingBody& body);
// The options of answer `index` of n: with a seed given, each has its own.
json::object options_of(const json::object& options, int index);
void check_count(int n);

// {"type": "json_object" | "json_schema" | "grammar" | "regex" | "text", …}; null: nothing.
void read_response_format(const json::value& format, engine::GenerateRequest& request);
// A text (EBNF) or {"type": "ebnf" | "regex", "grammar": "…"}; null: nothing.
void read_grammar(const json::value& grammar, engine::GenerateRequest& request);
// none, minimal, low, medium, high; empty: the model's default.
void read_reasoning_effort(const std::string& effort, engine::GenerateRequest& request);
// "auto", "none", "required" or an object that names a function, either nested (chat) or flat (responses).
void read_tool_choice(const json::value& choice, engine::GenerateRequest& request);

}  // namespace fragua::api::openai
