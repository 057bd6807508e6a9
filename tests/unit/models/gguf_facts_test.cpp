#include "models/gguf_facts.h"

#include "fixtures.h"

using namespace fragua;
using namespace fragua::models;

namespace {
GgufFacts facts(const SmallGguf& model) { return facts_of(inspect_gguf_bytes(small_gguf_bytes(model))); }
using Words = std::vector<std::string>;
}  // namespace

TEST_CASE("GGUF facts: what a chat model says of itself") {
  const auto chat = facts({.architecture = "qwen2", .file_type = 15, .chat_template = "{% if tools %}<think></think>"});
  CHECK(chat.role == GgufRole::model);
  CHECK(chat.file_type == "Q4_K_M");
  CHECK(chat.parameter_size == "640");
  CHECK(chat.context_length == 2048);
  CHECK(chat.embedding_length == 64);
  CHECK(chat.tokenizer == "gpt2");
  CHECK(chat.capabilities == Words{"completion", "tools", "thinking"});
}

TEST_CASE("GGUF facts: embedders, projectors and adapters are told apart") {
  CHECK(facts({.architecture = "bert", .pooling = true}).capabilities == Words{"embedding"});
  CHECK(facts({.architecture = "nomic-bert"}).capabilities == Words{"embedding"});
  CHECK(facts({.architecture = "clip"}).role == GgufRole::projector);
  CHECK(facts({.type = "mmproj"}).role == GgufRole::projector);
  CHECK(facts({.type = "adapter"}).role == GgufRole::adapter);
  CHECK(facts({.type = "adapter"}).capabilities.empty());
  CHECK(facts({.architecture = ""}).role == GgufRole::unknown);
}

TEST_CASE("GGUF facts: thinking and tools are guessed from the template's text") {
  struct Case {
    const char* text;
    Words jinja;
  };
  const Case cases[] = {
      {"", {}},
      {"{{ messages }}", {}},
      {"{%- if tools %}", {"tools"}},
      {"<tool_call>", {"tools"}},
      {"<think> only opened", {}},
      {"<think>\n\n</think>", {"thinking"}},
      {"{% if enable_thinking %}", {"thinking"}},
      {"{{ content.split('</think>')[-1] }}", {"thinking"}},
      {"{{ content.split('</think>')[-1] }} reasoning_content", {}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(jinja_capabilities(c.text) == c.jinja);
  }
  CHECK(go_template_capabilities("{{ if .Tools }}{{ .Prompt }}{{ end }}{{ .Suffix }}") == Words{"tools", "insert"});
  CHECK(go_template_capabilities("{{ range .Messages }}{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}"
                                 "{{ .Content }}{{ end }}") == Words{"thinking"});
  CHECK(go_template_capabilities("Tools and a Suffix: {{ .Prompt }}").empty());
  CHECK(go_template_capabilities("{{ if .Tools }").empty());
  CHECK(go_template_capabilities("{{ .Prompt }}").empty());
}

TEST_CASE("GGUF facts: counts are written as Ollama writes them") {
  CHECK(human_count(1'543'714'304) == "1.5B");
  CHECK(human_count(134'515'008) == "134.52M");
  CHECK(human_count(7'000'000'000) == "7B");
  CHECK(human_count(22'700'000) == "22.70M");
  CHECK(human_count(33'000'000) == "33M");
  CHECK(human_count(1'500) == "2K");
  CHECK(human_count(640) == "640");
}
