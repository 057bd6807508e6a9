#include "api/openai/chat_body.h"

namespace fragua::api::openai {

engine::GenerateRequest to_request(const ChatBody& body) {
  check_count(body.n);
  if (body.messages.empty()) body::fail("messages", "a list of at least one message");
  if (!body.tools.is_null() && !body.tools.is_array()) body::fail("tools", "a list");
  engine::GenerateRequest request;
  request.messages = to_engine(body.messages);
  request.tools = body.tools;
  request.truncate = body.truncate;
  request.parallel_tool_calls = body.parallel_tool_calls;
  read_tool_choice(body.tool_choice, request);
  read_response_format(body.response_format, request);
  read_grammar(body.grammar, request);
  read_reasoning_effort(body.reasoning_effort, request);
  return request;
}

json::object chat_options(const ChatBody& body) {
  SamplingBody sampling = body;
  if (body.max_completion_tokens) sampling.max_tokens = body.max_completion_tokens;
  auto options = to_options(sampling);
  if (body.top_logprobs < 0 || body.top_logprobs > 20) body::fail("top_logprobs", "between 0 and 20");
  if (body.top_logprobs > 0 && !body.logprobs) body::fail("top_logprobs", "left out unless \"logprobs\" is true");
  if (body.logprobs) {
    options["logprobs"] = true;
    options["top_logprobs"] = body.top_logprobs;
  }
  return options;
}

}  // namespace fragua::api::openai
