#include "modelfile/template_hints.h"

#include <doctest/doctest.h>

#include "base/files.h"

using namespace fragua;
using namespace fragua::modelfile;

namespace {

GoTemplate fixture(const std::string& name) {
  return GoTemplate::parse(read_file(fs::path(FRAGUA_SOURCE_DIR) / "tests/support/templates" / (name + ".gotmpl")));
}

}  // namespace

TEST_CASE("template hints: the tags around thinking") {
  const auto tags = thinking_tags(fixture("deepseek-r1"));
  REQUIRE(tags);
  CHECK(tags->opening == "<think>");
  CHECK(tags->closing == "</think>");
  CHECK_FALSE(thinking_tags(fixture("llama3")));
  CHECK_FALSE(thinking_tags(GoTemplate::parse("{{ range .Other }}<a>{{ .Thinking }}</a>{{ end }}")));
  CHECK_FALSE(thinking_tags(GoTemplate::parse("{{ range .Messages }}{{ .Thinking }}</a>{{ end }}")));
}

TEST_CASE("template hints: the mark before a tool call") {
  CHECK(tool_call_mark(fixture("qwen2.5")) == "<tool_call>");
  CHECK(tool_call_mark(fixture("mistral")) == "[TOOL_CALLS] [");
  CHECK(tool_call_mark(fixture("llama3")) == "{");
  CHECK(tool_call_mark(fixture("chatml")) == "{");
}

TEST_CASE("template hints: what follows an answer") {
  CHECK(text_after_response(fixture("chatml")) == "<|im_end|>\n");
  CHECK(text_after_response(fixture("gemma")) == "<end_of_turn>\n");
  CHECK(text_after_response(GoTemplate::parse("{{ .Prompt }}")).empty());
}
