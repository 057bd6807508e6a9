#include "modelfile/chat_prompt.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/files.h"

using namespace fragua;
using namespace fragua::modelfile;

namespace {

const fs::path kTemplates = fs::path(FRAGUA_SOURCE_DIR) / "tests/support/templates";

ChatInput input_of(const json::object& test) {
  ChatInput input;
  if (const auto* messages = find_member(test, "messages")) input.messages = messages->get_array();
  if (const auto* tools = find_member(test, "tools")) input.tools = tools->get_array();
  if (const auto* think = find_member(test, "think")) input.think = think->get_bool();
  if (const auto* set = find_member(test, "isthinkset")) input.is_think_set = set->get_bool();
  input.prompt = string_member(test, "prompt");
  input.suffix = string_member(test, "suffix");
  return input;
}

json::array messages(const char* text) { return parse_json(text).get_array(); }

}  // namespace

TEST_CASE("chat prompt: the prompts of well-known models are those of Go's text/template") {
  const json::value tests = parse_json(read_file(kTemplates / "golden.json"));
  REQUIRE(tests.get_array().size() > 40);
  for (const auto& each : tests.get_array()) {
    const auto& test = each.get_object();
    const std::string name = string_member(test, "template");
    const std::string label = string_member(test, "case");
    CAPTURE(name);
    CAPTURE(label);
    const auto parsed = GoTemplate::parse(read_file(kTemplates / (name + ".gotmpl")));
    CHECK(render_chat(parsed, input_of(test), {}) == string_member(test, "expected"));
  }
}

TEST_CASE("chat prompt: old templates and new ones give the same prompt") {
  ChatInput input;
  input.messages = messages(R"([{"role": "system", "content": "You help."}, {"role": "user", "content": "Hello"},
    {"role": "assistant", "content": "Hi!"}, {"role": "user", "content": "Name?"}])");
  const std::string expected = "[INST] You help.\n\nHello[/INST] Hi![INST] Name?[/INST] ";
  for (const auto* text :
       {"[INST] {{ if .System }}{{ .System }}\n\n{{ end }}{{ .Prompt }}[/INST] ",
        "[INST] {{ if .System }}{{ .System }}\n\n{{ end }}{{ .Prompt }}[/INST] {{ .Response }}",
        "[INST] {{ if .System }}{{ .System }}\n\n{{ end }}{{- range .Messages }}{{- if eq .Role \"user\" }}{{ .Content "
        "}}[/INST] {{ else if eq .Role \"assistant\" }}{{ .Content }}[INST] {{ end }}{{- end }}"}) {
    CAPTURE(text);
    CHECK(render_chat(GoTemplate::parse(text), input, {}) == expected);
  }
}

TEST_CASE("chat prompt: neighbours of one role are joined, tool results are not") {
  const auto roles =
      GoTemplate::parse("{{ range .Messages }}{{ .Role }}:{{ .Content }}:{{ .ToolName }};{{ end }}{{ .System }}");
  ChatInput input;
  input.messages = messages(R"([{"role": "user", "content": "a"}, {"role": "user", "content": "b"},
    {"role": "tool", "content": "1", "tool_name": "x"}, {"role": "tool", "content": "2", "tool_name": "y"},
    {"role": "system", "content": "s"}, {"role": "system", "content": ""}])");
  CHECK(render_chat(roles, input, {}) == "user:a\n\nb:;tool:1:x;tool:2:y;system:s\n\n:;s\n\n");
}

TEST_CASE("chat prompt: joined messages keep all their calls") {
  const auto calls = GoTemplate::parse("{{ range .Messages }}{{ .Content }}:{{ range .ToolCalls }}{{ .Function.Name }} {{ end }};{{ end }}");
  ChatInput input;
  input.messages = messages(R"([{"role": "user", "content": "a"}, {"role": "assistant", "content": "I look."},
    {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "f", "arguments": {}}}, {"function": {"name": "g", "arguments": {}}}]}])");
  CHECK(render_chat(calls, input, {}) == "a:;I look.\n\n:f g ;");
}

TEST_CASE("chat prompt: what a message or a tool leaves out is empty, not missing") {
  const auto all = GoTemplate::parse(
      "{{ range .Messages }}{{ if eq .Thinking \"\" }}{{ len .Images }}{{ len .ToolCalls }}{{ end }}{{ end }}"
      "{{ range .Tools }}{{ len .Function.Description }}{{ len .Function.Parameters.Properties }}{{ end }}");
  ChatInput input;
  input.messages = messages(R"([{"role": "user", "content": "a"}])");
  input.tools = messages(R"([{"type": "function", "function": {"name": "f"}}])");
  CHECK(render_chat(all, input, {}) == "0000");
}

TEST_CASE("chat prompt: malformed input and long answers are errors") {
  const auto old = GoTemplate::parse("{{ .Prompt }}{{ .Response }}");
  ChatInput input;
  input.messages = messages("[5]");
  CHECK_THROWS_WITH_AS(render_chat(old, input, {}), "a message must be an object", Error);
  input.messages = messages(R"([{"role": "assistant", "tool_calls": [{"function": 1}]}])");
  CHECK_THROWS_WITH_AS(render_chat(old, input, {}), "the function of a tool call must be an object", Error);
  input.messages = messages(R"([{"role": "user", "content": "12345"}, {"role": "assistant", "content": "67890"},
    {"role": "user", "content": "1"}, {"role": "assistant", "content": "2"}, {"role": "user", "content": "3"}])");
  RenderLimits tight;
  tight.output_bytes = 10;
  CHECK_THROWS_AS(render_chat(old, input, tight), Error);
}
