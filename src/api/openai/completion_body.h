// The body of POST /v1/completions. Callers: api/openai/completions. Threads: plain data.
// A prompt is a text, a list of texts, a list of tokens, or a list of lists of tokens.
#pragma once
#include <string>
#include <vector>

#include "api/openai/sampling.h"

namespace fragua::api::openai {

struct CompletionBody : SamplingBody {
  json::value prompt;
  std::string suffix;
  bool echo = false;
  std::optional<int> logprobs;
  json::value grammar;
  json::value response_format;
};
template <class V>
void describe(V& field, CompletionBody& body) {
  describe_sampling(field, body);
  field.optional("prompt", body.prompt, "a text, tokens, or a list of either");
  field.optional("suffix", body.suffix, "text after the answer (insert)");
  field.optional("echo", body.echo, "the prompt comes before the answer");
  field.optional("logprobs", body.logprobs, "0 to 20 of the likeliest tokens");
  field.optional("grammar", body.grammar, "extension: EBNF, or an object with type (ebnf, regex) and grammar");
  field.optional("response_format", body.response_format, "extension: as for chat");
}

// One of them: text or tokens.
struct Prompt {
  std::string text;
  std::vector<std::int32_t> tokens;
};
// Also what /v1/embeddings takes. Error(invalid_argument) names the field.
std::vector<Prompt> read_prompts(const json::value& value, const std::string& field);

}  // namespace fragua::api::openai
