#include "engine/constrain/schema.h"

#include <doctest/doctest.h>

#include <string>

#include "base/error.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

SchemaGrammar grammar_of(const std::string& schema) { return schema_grammar(parse_json(schema, 256), {}); }

}  // namespace

TEST_CASE("schema: what cannot be enforced, satisfied or understood is refused, by name and place") {
  struct Case {
    const char* schema;
    ErrorCode code;
    const char* word;
  };
  const Case cases[] = {
      {R"({"not":{"type":"string"}})", ErrorCode::unsupported, "\"not\""},
      {R"({"if":{},"then":{}})", ErrorCode::unsupported, "\"if\""},
      {R"({"properties":{"list":{"type":"array","items":{"type":"array","uniqueItems":true}}}})",
       ErrorCode::unsupported, "list.items"},
      {R"({"type":"array","contains":{"type":"null"}})", ErrorCode::unsupported, "\"contains\""},
      {R"({"type":"object","dependentRequired":{"a":["b"]}})", ErrorCode::unsupported, "\"dependentRequired\""},
      {R"({"$ref":"https://example.org/schema"})", ErrorCode::unsupported, "$ref"},
      {R"({"$ref":"#/$defs/none"})", ErrorCode::invalid_argument, "refers to nothing"},
      {R"({"$ref":"#"})", ErrorCode::invalid_argument, "itself"},
      {R"({"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}})",
       ErrorCode::invalid_argument, "itself"},
      {R"({"$defs":{"a":{"allOf":[{"$ref":"#/$defs/a"},{"type":"null"}]}},"$ref":"#/$defs/a"})",
       ErrorCode::invalid_argument, "circle"},
      {R"({"type":"strnig"})", ErrorCode::invalid_argument, "strnig"},
      {R"({"type":[]})", ErrorCode::invalid_argument, "type"},
      {R"(false)", ErrorCode::invalid_argument, "false"},
      {R"("string")", ErrorCode::invalid_argument, "object"},
      {R"({"enum":[]})", ErrorCode::invalid_argument, "enum"},
      {R"({"enum":["a"],"type":"integer"})", ErrorCode::invalid_argument, "enum"},
      {R"({"type":"integer","minimum":5,"maximum":4})", ErrorCode::invalid_argument, "integer"},
      {R"({"type":"integer","minimum":"5"})", ErrorCode::invalid_argument, "minimum"},
      {R"({"type":"number","multipleOf":0.3})", ErrorCode::unsupported, "multipleOf"},
      {R"({"type":"integer","multipleOf":7})", ErrorCode::unsupported, "multipleOf"},
      {R"({"type":"string","minLength":5,"maxLength":4})", ErrorCode::invalid_argument, "minLength"},
      {R"({"type":"string","maxLength":-1})", ErrorCode::invalid_argument, "maxLength"},
      {R"x({"type":"string","pattern":"(?=a)"})x", ErrorCode::unsupported, "look-around"},
      {R"({"type":"string","pattern":"[a"})", ErrorCode::invalid_argument, "]"},
      {R"({"type":"array","items":{},"minItems":3,"maxItems":2})", ErrorCode::invalid_argument, "minItems"},
      {R"({"type":"array","prefixItems":[{}],"items":false,"minItems":3})", ErrorCode::invalid_argument, "minItems"},
      {R"({"type":"object","properties":{"a":false},"required":["a"]})", ErrorCode::invalid_argument, "\"a\""},
      {R"({"type":"object","properties":{"a":{}},"minProperties":1})", ErrorCode::unsupported, "minProperties"},
      {R"({"type":"object","properties":{"a":{}},"patternProperties":{"x":{}}})", ErrorCode::unsupported,
       "patternProperties"},
      {R"({"oneOf":[{"type":"integer"},{"type":"number"}]})", ErrorCode::unsupported, "oneOf"},
      {R"({"oneOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"a":{"type":"integer"}}}]})",
       ErrorCode::unsupported, "anyOf"},
      {R"({"allOf":[{"type":"string"},{"type":"integer"}]})", ErrorCode::invalid_argument, "at once"},
      {R"({"allOf":[{"pattern":"^a"},{"pattern":"b$"}]})", ErrorCode::unsupported, "pattern"},
      {R"({"anyOf":[{"type":"object","properties":{"a":{"type":"string","maxLength":3}},"required":["a"]},
                   {"type":"object","properties":{"a":{"type":"string","maxLength":5},"b":{}},"required":["a","b"]}]})",
       ErrorCode::unsupported, "begin alike"},
  };
  for (const auto& test : cases) {
    CAPTURE(test.schema);
    bool threw = false;
    try {
      grammar_of(test.schema);
    } catch (const Error& error) {
      threw = true;
      CAPTURE(error.what());
      CHECK(error.code() == test.code);
      CHECK(std::string(error.what()).find(test.word) != std::string::npos);
    }
    CHECK(threw);
  }
}

TEST_CASE("schema: depth and size are limited") {
  std::string deep = "true";
  for (int i = 0; i < 100; ++i) deep = R"({"type":"array","items":)" + deep + "}";
  CHECK_THROWS_AS(grammar_of(deep), Error);
  std::string wide = R"({"enum":[0)";
  for (int i = 0; i < 100; ++i) wide += ",\"" + std::string(100, 'x') + std::to_string(i) + '"';
  const auto schema = parse_json(wide + "]}");
  CHECK_NOTHROW(schema_grammar(schema, {64, 100000}));
  CHECK_THROWS_AS(schema_grammar(schema, {64, 5000}), Error);
}

TEST_CASE("schema: what is referred to often is not written often") {
  std::string schema =
      R"({"$defs":{"t":{"type":"object","properties":{"a_long_property_name":{"type":"integer"}}}},"type":"array","prefixItems":[)";
  for (int i = 0; i < 50; ++i) schema += std::string(i ? "," : "") + R"({"$ref":"#/$defs/t"})";
  const auto text = grammar_of(schema + "]}").ebnf;
  std::size_t count = 0;
  for (auto at = text.find("a_long_property_name"); at != text.npos; at = text.find("a_long_property_name", at + 1))
    ++count;
  CHECK(count <= 2);  // as the first property and as a later one
}
