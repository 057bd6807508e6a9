// The body of POST /v1/chat/completions and what is read from it. Callers: api/openai. Threads: plain data.
// Errors name the field that is wrong; unknown fields are ignored.
#pragma once
#include <string>
#include <vector>

#include "api/openai/messages.h"
#include "api/openai/sampling.h"

namespace fragua::api::openai {

struct ChatBody : SamplingBody {
  std::vector<Message> messages;
  std::optional<std::int64_t> max_completion_tokens;
  json::value tools;
  json::value tool_choice;
  bool parallel_tool_calls = true;
  json::value response_format;
  json::value grammar;
  bool logprobs = false;
  int top_logprobs = 0;
  std::string reasoning_effort;
};
template <class V>
void describe(V& field, ChatBody& body) {
  describe_sampling(field, body);
  field.required("messages", body.messages);
  field.optional("max_completion_tokens", body.max_completion_tokens, "newer word for max_tokens");
  field.optional("tools", body.tools, "a list of functions");
  field.optional("tool_choice", body.tool_choice, "auto, none, required or an object that names a function");
  field.optional("parallel_tool_calls", body.parallel_tool_calls, "false: one call an answer at most");
  field.optional("response_format", body.response_format, "text, json_object, json_schema or grammar");
  field.optional("grammar", body.grammar, "extension: EBNF, or an object with type (ebnf, regex) and grammar");
  field.optional("logprobs", body.logprobs);
  field.optional("top_logprobs", body.top_logprobs, "0 to 20");
  field.optional("reasoning_effort", body.reasoning_effort, "none, minimal, low, medium, high");
}

engine::GenerateRequest to_request(const ChatBody& body);
json::object chat_options(const ChatBody& body);

}  // namespace fragua::api::openai
