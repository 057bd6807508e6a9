#include "engine/go_chat_format.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua::engine;

namespace {

constexpr const char* kTemplate =
    "{{ if .System }}<|im_start|>system\n{{ .System }}<|im_end|>\n{{ end }}{{ range .Messages }}{{ if eq .Role \"user\" }}<|im_start|>user\n"
    "{{ .Content }}<|im_end|>\n{{ else if eq .Role \"assistant\" }}<|im_start|>assistant\n{{ if .ToolCalls }}<tool_call>\n{{ range .ToolCalls }}"
    "{\"name\": \"{{ .Function.Name }}\", \"arguments\": {{ .Function.Arguments }}}{{ end }}\n</tool_call>{{ else }}{{ .Content }}{{ end }}<|im_end|>\n"
    "{{ end }}{{ end }}{{ if .Tools }}tools: {{ .Tools }}{{ end }}<|im_start|>assistant\n";

ChatInput question(const std::string& text, fragua::json::value tools = nullptr) {
  ChatInput input;
  input.messages = {{.role = "user", .content = text}};
  input.tools = std::move(tools);
  return input;
}

const fragua::json::value kTools = fragua::json::parse(R"([{"type":"function","function":{"name":"weather","parameters":{}}}])");

}  // namespace

TEST_CASE("go chat format: renders the dialogue for the model to go on") {
  const GoChatFormat format(kTemplate);
  const auto chat = format.render(question("hola"));
  CHECK(chat.prompt == "<|im_start|>user\nhola<|im_end|>\n<|im_start|>assistant\n");
  CHECK(chat.plain);
}

TEST_CASE("go chat format: a marked call is taken out of the text") {
  const GoChatFormat format(kTemplate);
  const auto chat = format.render(question("weather?", kTools));
  CHECK_FALSE(chat.plain);
  const auto parsed = format.parse(chat, "Let me see. <tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Lugo\"}}\n</tool_call>", false);
  CHECK(parsed.content == "Let me see.");
  REQUIRE(parsed.tool_calls.size() == 1);
  CHECK(parsed.tool_calls[0].name == "weather");
  CHECK(parsed.tool_calls[0].arguments == R"({"city":"Lugo"})");
}

TEST_CASE("go chat format: half a mark is held back, and text without a call stays text") {
  const GoChatFormat format(kTemplate);
  const auto chat = format.render(question("weather?", kTools));
  CHECK(format.parse(chat, "So <tool", true).content == "So ");
  CHECK(format.parse(chat, "So <tool", false).content == "So <tool");
  CHECK(format.parse(chat, "<tool_call> nonsense", false).content == "<tool_call> nonsense");
}

TEST_CASE("go chat format: a call that must come is JSON of an offered tool, without the mark") {
  const GoChatFormat format(kTemplate);
  auto input = question("weather?", kTools);
  input.tool_choice = "required";
  const auto chat = format.render(input);
  REQUIRE(chat.call_grammar);
  const auto parsed = format.parse(chat, R"({"name": "weather", "arguments": {"city": "Lugo"}})", false);
  REQUIRE(parsed.tool_calls.size() == 1);
  CHECK(parsed.tool_calls[0].arguments == R"({"city":"Lugo"})");
  input.tool_choice = "time";
  CHECK_THROWS_WITH_AS(format.render(input), doctest::Contains("not among the tools"), fragua::Error);
}

TEST_CASE("go chat format: an answer to a prompt that has opened the thinking begins inside it") {
  const GoChatFormat format("{{ range .Messages }}{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}\n{{ end }}<think>\n");
  const auto chat = format.render(question("hola"));
  REQUIRE(chat.prompt.ends_with("<think>\n"));
  CHECK(format.parse(chat, "so", true).thinking == "so");
  CHECK(format.parse(chat, "so</thi", true).thinking == "so");
  const auto whole = format.parse(chat, "so</think>\n\nyes", false);
  CHECK(whole.thinking == "so");
  CHECK(whole.content == "yes");
}

TEST_CASE("go chat format: a template with a suffix says how to fill in the middle, one without does not") {
  const GoChatFormat format("{{ if .Suffix }}<PRE>{{ .Prompt }}<SUF>{{ .Suffix }}<MID>{{ else }}{{ .Prompt }}{{ end }}");
  CHECK(format.render_insert("a", "b") == "<PRE>a<SUF>b<MID>");
  CHECK_FALSE(GoChatFormat(kTemplate).render_insert("a", "b").has_value());
}
