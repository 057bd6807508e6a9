#include "engine/tool_call_text.h"

#include <doctest/doctest.h>

using namespace fragua::engine;

TEST_CASE("tool call text: whole calls are found among other text") {
  const auto calls = read_tool_calls("a {\"x\": 1} {\"name\": \"f\", \"arguments\": {\"t\": \"}\\\"{\"}} {\"name\": \"g\", \"parameters\": {}} {\"name\":");
  REQUIRE(calls.size() == 2);
  CHECK(calls[0].name == "f");
  CHECK(calls[0].arguments == R"({"t":"}\"{"})");
  CHECK(calls[1].name == "g");
  CHECK(calls[1].index == 1);
}

TEST_CASE("tool call text: only an answer that is nothing but JSON may be a bare call") {
  CHECK(may_be_bare_call(" {\"na"));
  CHECK(may_be_bare_call("``"));
  CHECK(may_be_bare_call("```json\n{"));
  CHECK_FALSE(may_be_bare_call("Sure: {"));
  CHECK_FALSE(may_be_bare_call(""));
}
