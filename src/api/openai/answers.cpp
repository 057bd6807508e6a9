#include "api/openai/answers.h"

#include "base/ids.h"
#include "base/strings.h"

namespace fragua::api::openai {

std::string new_id(Call& call, const std::string& prefix) {
  return prefix + id_text(call.services.random(), 12) + id_text(call.services.random(), 12);
}

std::int64_t unix_time(const Call& call) {
  return std::chrono::duration_cast<std::chrono::seconds>(call.services.clock.system().time_since_epoch()).count();
}

void Usage::add(const engine::Done& done, bool first_of_prompt) {
  answer_tokens += done.answer_tokens;
  if (!first_of_prompt) return;
  prompt_tokens += done.prompt_tokens;
  cached_tokens += done.cached_tokens;
}

json::object Usage::json() const {
  return {{"prompt_tokens", prompt_tokens},
          {"completion_tokens", answer_tokens},
          {"total_tokens", prompt_tokens + answer_tokens},
          {"prompt_tokens_details", {{"cached_tokens", cached_tokens}}}};
}

json::object logprob_to_json(const engine::TokenLogprob& token) {
  const auto bytes = from_base64(token.piece).value_or("");
  json::array numbers;
  for (const unsigned char byte : bytes) numbers.push_back(byte);
  return {{"token", sanitized_utf8(bytes)}, {"logprob", token.logprob}, {"bytes", std::move(numbers)}};
}

json::value chat_logprobs(const std::vector<engine::Logprob>& logprobs) {
  if (logprobs.empty()) return nullptr;
  json::array content;
  for (const auto& entry : logprobs) {
    auto object = logprob_to_json(entry.chosen);
    json::array top;
    for (const auto& candidate : entry.top) top.push_back(logprob_to_json(candidate));
    object["top_logprobs"] = std::move(top);
    content.push_back(std::move(object));
  }
  return json::object{{"content", std::move(content)}, {"refusal", nullptr}};
}

json::array tool_calls_to_json(const std::vector<engine::ToolCall>& calls) {
  json::array result;
  for (const auto& call : calls)
    result.push_back({{"id", call.id},
                      {"type", "function"},
                      {"function", {{"name", call.name}, {"arguments", to_json(call.arguments)}}}});
  return result;
}

std::string finish_reason(const engine::Done& done) {
  if (done.reason == "length") return "length";
  return done.tool_calls.empty() ? "stop" : "tool_calls";
}

}  // namespace fragua::api::openai
