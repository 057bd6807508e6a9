#include "api/ollama/bodies.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::api::ollama;
using namespace std::chrono_literals;

namespace {

engine::GenerateRequest request_of(std::string_view body, json::object* options = nullptr) {
  engine::GenerateRequest request;
  json::object unwanted;
  read_common(read_body<ChatBody>(parse_json(body), Unknown::ignored), request, options ? *options : unwanted);
  return request;
}

}  // namespace

TEST_CASE("ollama bodies: keep_alive is seconds or a duration, negative is for ever, nothing is the default") {
  CHECK_FALSE(read_keep_alive(nullptr));
  CHECK_FALSE(read_keep_alive(""));
  CHECK(read_keep_alive(0) == 0ns);
  CHECK(read_keep_alive(1.5) == 1500ms);
  CHECK(read_keep_alive("10m") == 10min);
  CHECK(read_keep_alive("0") == 0ns);
  CHECK(read_keep_alive(-30) == -1ns);
  CHECK(read_keep_alive("-2h") == -1ns);
  CHECK(*read_keep_alive(1e300) > 24h * 365);
  for (const json::value& bad : {json::value("soon"), json::value("5"), json::value(true), json::value(json::array{})})
    CHECK_THROWS_WITH_AS(read_keep_alive(bad), doctest::Contains("keep_alive"), Error);
}

TEST_CASE("ollama bodies: format is json or a schema, empty is none") {
  CHECK(request_of(R"({"format":"json"})").grammar_kind == "json");
  const auto with_schema = request_of(R"({"format":{"type":"object"}})");
  CHECK(with_schema.grammar_kind == "json_schema");
  CHECK(parse_json(with_schema.grammar) == parse_json(R"({"type":"object"})"));
  for (const auto* none : {"{}", R"({"format":null})", R"({"format":""})"})
    CHECK(request_of(none).grammar_kind.empty());
  for (const auto* bad : {R"({"format":"xml"})", R"({"format":1})"})
    CHECK_THROWS_WITH_AS(request_of(bad), doctest::Contains("format"), Error);
}

TEST_CASE("ollama bodies: think is a choice or a level") {
  CHECK_FALSE(request_of("{}").think);
  CHECK(request_of(R"({"think":false})").think == false);
  CHECK(request_of(R"({"think":"high"})").think == true);
  CHECK(request_of(R"({"think":"high"})").think_level == "high");
  for (const auto* bad : {R"({"think":"much"})", R"({"think":1})"})
    CHECK_THROWS_WITH_AS(request_of(bad), doctest::Contains("think"), Error);
}

TEST_CASE("ollama bodies: logprobs become options beside those of the request") {
  json::object options;
  request_of(R"({"options":{"top_k":1},"top_logprobs":3})", &options);
  CHECK(options == parse_json(R"({"top_k":1,"logprobs":true,"top_logprobs":3})").get_object());
  request_of(R"({"options":{"top_k":1}})", &options);
  CHECK(options == parse_json(R"({"top_k":1})").get_object());
  CHECK_THROWS_AS(request_of(R"({"top_logprobs":21})"), Error);
}

TEST_CASE("ollama bodies: an input is truncated unless the request says no") {
  CHECK(request_of("{}").truncate);
  CHECK_FALSE(request_of(R"({"truncate":false})").truncate);
}

TEST_CASE("ollama bodies: tool calls come from a message and go to a client with their place") {
  const auto body = read_body<ChatBody>(
      parse_json(
          R"({"messages":[{"role":"assistant","tool_calls":[{"id":"c1","function":{"name":"f","arguments":{"x":1}}}]}]})"),
      Unknown::ignored);
  const auto message = to_engine(body.messages.at(0));
  CHECK(message.role == "assistant");
  REQUIRE(message.tool_calls.size() == 1);
  CHECK(json::value(tool_calls_to_json(message.tool_calls)) ==
        parse_json(R"([{"id":"c1","function":{"index":0,"name":"f","arguments":{"x":1}}}])"));
}
