#include "engine/tool_call_text.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua::engine;

TEST_CASE("tool call text: whole calls are found among other text") {
  const auto calls = read_tool_calls("a {\"x\": 1} {\"name\": \"f\", \"arguments\": {\"t\": \"}\\\"{\"}} {\"name\": \"g\", \"parameters\": {}} {\"name\": \"h\", \"arguments\": {}} {\"name\":", {"f", "g"});
  REQUIRE(calls.size() == 2);
  CHECK(calls[0].name == "f");
  CHECK(calls[0].arguments == R"({"t":"}\"{"})");
  CHECK(calls[1].name == "g");
  CHECK(calls[1].index == 1);
}

TEST_CASE("tool call text: a forced call is of one of the tools, or of the one that is named, with its definitions at the root") {
  const auto tools = fragua::json::parse(R"([{"type":"function","function":{"name":"f","parameters":{"type":"object",
      "properties":{"x":{"$ref":"#/$defs/X"}},"$defs":{"X":{"type":"integer"}}}}},{"type":"function","function":{"name":"g"}}])");
  const auto schema = [&](const char* only) { return fragua::json::parse(bare_call_grammar(tools, only).text); };
  CHECK(schema("").at("anyOf").as_array().size() == 2);
  CHECK(schema("").at("$defs").at("X").at("type") == "integer");
  CHECK(schema("g").at("anyOf").at(0).at("properties").at("name").at("const") == "g");
  CHECK_THROWS_AS(schema("h"), fragua::Error);
}

TEST_CASE("tool call text: only an answer that is nothing but JSON may be a bare call") {
  CHECK(may_be_bare_call(" {\"na"));
  CHECK(may_be_bare_call("``"));
  CHECK(may_be_bare_call("```json\n{"));
  CHECK_FALSE(may_be_bare_call("Sure: {"));
  CHECK_FALSE(may_be_bare_call(""));
}
