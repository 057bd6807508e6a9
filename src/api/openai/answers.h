// Pieces of OpenAI's answers: usage, log probabilities, tool calls, ids and times. Callers: api/openai. Threads: pure.
// Nothing here is sent; the handlers put the pieces together.
#pragma once
#include <string>
#include <vector>

#include "api/call.h"

namespace fragua::api::openai {

constexpr std::string_view kFingerprint = "fp_fragua_" FRAGUA_VERSION;

std::string new_id(Call& call, const std::string& prefix);
std::int64_t unix_time(const Call& call);
// Of several answers. A prompt counts once, with the first of its answers.
struct Usage {
  std::uint64_t prompt_tokens = 0;
  std::uint64_t cached_tokens = 0;
  std::uint64_t answer_tokens = 0;
  void add(const engine::Done& done, bool first_of_prompt);
  json::object json() const;
};
json::object logprob_to_json(const engine::TokenLogprob& token);
// Null when there are none, as the original has it.
json::value chat_logprobs(const std::vector<engine::Logprob>& logprobs);
json::array tool_calls_to_json(const std::vector<engine::ToolCall>& calls);
std::string finish_reason(const engine::Done& done);

}  // namespace fragua::api::openai
