#include "base/json.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;

TEST_CASE("json: what is written reads back the same") {
  const auto* text = R"({"a":[1,-2,18446744073709551615,0.5,true,null],"ñ":"\u0001\"\\"})";
  CHECK(parse_json(to_json(parse_json(text))) == parse_json(text));
}

TEST_CASE("json: a text that is not JSON is the sender's error and says where") {
  for (const auto* bad : {"", "{", "[1,]", "{\"a\":1} x", "nul", "{'a':1}", "\"\xff\"", "[1e999]", "{\"a\":[-1e999]}"})
    CHECK_THROWS_AS(parse_json(bad), Error);
  CHECK_THROWS_WITH_AS(parse_json("[1,]"), doctest::Contains("near byte 3"), Error);
}

TEST_CASE("json: nesting is limited") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK_NOTHROW(parse_json(nested(kJsonDepth)));
  CHECK_THROWS_AS(parse_json(nested(kJsonDepth + 1)), Error);
  CHECK_THROWS_AS(parse_json(nested(100'000)), Error);
  CHECK_THROWS_AS(parse_json(nested(3), 2), Error);
}

TEST_CASE("json: white space may follow the value") { CHECK(parse_json(" [1] \r\n\t") == json::value{1}); }

TEST_CASE("json: for people it is indented by two spaces") {
  CHECK(to_pretty_json(parse_json(R"({"a":[1,"x"],"b":{},"c":[]})")) ==
        "{\n  \"a\": [\n    1,\n    \"x\"\n  ],\n  \"b\": {},\n  \"c\": []\n}");
}

TEST_CASE("json: null counts as absent, and only strings are strings") {
  const auto object = parse_json(R"({"a":null,"b":"x","c":1})").get_object();
  CHECK(find_member(object, "a") == nullptr);
  CHECK(find_member(object, "d") == nullptr);
  CHECK(*find_member(object, "c") == 1);
  CHECK(string_member(object, "b", "y") == "x");
  CHECK(string_member(object, "a", "y") == "y");
  CHECK(string_member(object, "c", "y") == "y");
}
