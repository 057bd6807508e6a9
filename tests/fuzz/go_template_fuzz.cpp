// Go template: any template is refused or rendered within its limits, over data that has everything; its hints never
// fail.
#include "fuzz/fuzz.h"
#include "modelfile/chat_prompt.h"
#include "modelfile/template_hints.h"

using namespace fragua;
using namespace fragua::modelfile;

namespace {

ChatInput chat() {
  ChatInput input;
  input.messages = parse_json(R"([{"role": "system", "content": "s"}, {"role": "user", "content": "h\u00e9llo"},
    {"role": "assistant", "content": "", "thinking": "t", "tool_calls": [{"id": "c",
      "function": {"name": "f", "index": 0, "arguments": {"a": 1, "b": [0.5, null, true]}}}]},
    {"role": "tool", "content": "r", "tool_name": "f", "tool_call_id": "c"}, {"role": "user", "content": "u"}])")
                       .get_array();
  input.tools = parse_json(R"([{"type": "function", "function": {"name": "f", "parameters":
    {"type": "object", "properties": {"a": {"type": ["integer", "null"]}}}}}])")
                    .get_array();
  input.think_level = "low";
  return input;
}

}  // namespace

void fuzz(std::string_view input) {
  static const ChatInput kChat = chat();
  const GoTemplate parsed = GoTemplate::parse(input);
  CHECK_THAT(parsed.text() == input);
  thinking_tags(parsed);
  tool_call_mark(parsed);
  text_after_response(parsed);
  RenderLimits limits;
  limits.steps = 5'000;
  limits.output_bytes = limits.produced_bytes = 50'000;
  const std::string once = render_chat(parsed, kChat, limits);
  CHECK_THAT(once.size() <= 2 * limits.output_bytes);
  CHECK_THAT(render_chat(parsed, kChat, limits) == once);
}
