#include <doctest/doctest.h>

#include <set>

#include "base/error.h"
#include "schema_validator.h"
#include "walk.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

struct Case {
  const char* name;
  const char* schema;
};

const Case kSchemas[] = {
    {"search request",
     R"({"type":"object","properties":{"category":{"enum":["shoes","shirts",null]},"color":{"enum":["red","dark blue",null]},
         "gender":{"enum":["man","woman",null]},"max_price":{"type":["number","null"]}},
         "required":["category","color","gender","max_price"]})"},
    {"a string", R"({"type":"string"})"},
    {"anything", R"({})"},
    {"true", R"(true)"},
    {"any object", R"({"type":"object"})"},
    {"any array", R"({"type":"array"})"},
    {"integer", R"({"type":"integer"})"},
    {"number", R"({"type":"number"})"},
    {"literals of every kind", R"({"enum":[1,-2.5,"a/b","quote\"","tab\t","ñandú",null,true,{"k":[1,{}]},[]]})"},
    {"const", R"({"const":{"a":[1,2,"x"]}})"},
    {"enum narrowed by its type", R"({"type":"string","enum":["a",1,null,"b"]})"},
    {"optional properties",
     R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"},"c":{"type":"boolean"}},"required":["b"]})"},
    {"all optional", R"({"properties":{"a":{"type":"null"},"b":{"type":"null"}}})"},
    {"additional properties of a type",
     R"({"type":"object","properties":{"name":{"type":"integer"},"nap":{"type":"null"}},"required":["name"],"additionalProperties":{"type":"string"}})"},
    {"additional properties beside optional ones",
     R"({"type":"object","properties":{"ab":{"type":"integer"}},"additionalProperties":{"type":"boolean"}})"},
    {"a map", R"({"type":"object","additionalProperties":{"type":"integer"}})"},
    {"a map of two at most",
     R"({"type":"object","additionalProperties":{"type":"integer"},"minProperties":1,"maxProperties":2})"},
    {"a map with names",
     R"({"type":"object","propertyNames":{"enum":["x","y"]},"additionalProperties":{"type":"integer"}})"},
    {"a map with short names",
     R"({"type":"object","propertyNames":{"minLength":2,"maxLength":3},"additionalProperties":true})"},
    {"a map by pattern",
     R"({"type":"object","patternProperties":{"^x-[a-z]+$":{"type":"integer"}},"additionalProperties":false})"},
    {"required but not declared", R"({"type":"object","properties":{"a":{"type":"null"}},"required":["a","extra"]})"},
    {"array of strings", R"({"type":"array","items":{"type":"string"}})"},
    {"two to four items", R"({"type":"array","items":{"type":"boolean"},"minItems":2,"maxItems":4})"},
    {"no items", R"({"type":"array","items":{"type":"boolean"},"maxItems":0})"},
    {"tuple",
     R"({"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"null"},"maxItems":4})"},
    {"closed tuple", R"({"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":false})"},
    {"arrays in arrays",
     R"({"type":"array","items":{"type":"array","items":{"type":"array","items":{"enum":[0,1]},"maxItems":2},"maxItems":2}})"},
    {"0 to 120", R"({"type":"integer","minimum":0,"maximum":120})"},
    {"-17 to 5", R"({"type":"integer","minimum":-17,"maximum":5})"},
    {"over 998", R"({"type":"integer","exclusiveMinimum":998})"},
    {"under -3", R"({"type":"integer","exclusiveMaximum":-3})"},
    {"wide integers", R"({"type":"integer","minimum":-123456789012,"maximum":987654321098})"},
    {"multiples", R"({"type":"integer","minimum":-20,"maximum":100,"multipleOf":7})"},
    {"decimals 0 to 99.5", R"({"type":"number","minimum":0,"maximum":99.5})"},
    {"decimals -1.25 to 2.125", R"({"type":"number","minimum":-1.25,"exclusiveMaximum":2.125})"},
    {"decimals over 0", R"({"type":"number","exclusiveMinimum":0})"},
    {"decimals between 0 and 1", R"({"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1})"},
    {"decimals under one digit", R"({"type":"number","minimum":3.14,"maximum":3.15})"},
    {"negative decimals", R"({"type":"number","minimum":-10.5,"maximum":-0.5})"},
    {"cents", R"({"type":"number","minimum":0.5,"multipleOf":0.01})"},
    {"whole numbers", R"({"type":"number","multipleOf":5,"minimum":0,"maximum":500})"},
    {"at most 5 characters", R"({"type":"string","maxLength":5})"},
    {"3 to 6 characters", R"({"type":"string","minLength":3,"maxLength":6})"},
    {"at least 12 characters", R"({"type":"string","minLength":12})"},
    {"no characters", R"({"type":"string","maxLength":0})"},
    {"lengths in an object",
     R"({"type":"object","properties":{"a":{"type":"string","maxLength":2},"b":{"type":"string","minLength":4,"maxLength":20},"c":{"type":"string"}},"required":["a","b","c"]})"},
    {"lengths in an array", R"({"type":"array","items":{"type":"string","minLength":1,"maxLength":3},"maxItems":6})"},
    {"pattern", R"({"type":"string","pattern":"^[A-Z]{2}-[0-9]{3,5}$"})"},
    {"pattern found anywhere after its beginning", R"({"type":"string","pattern":"^ab"})"},
    {"pattern found at the end", R"({"type":"string","pattern":"ab$"})"},
    {"pattern with what JSON must escape", R"({"type":"string","pattern":"^[^a-z]{1,4}\"\\\\\\n$"})"},
    {"pattern of letters beyond ASCII", R"({"type":"string","pattern":"^(é|ñ|😀)+$"})"},
    {"pattern with alternatives", R"({"type":"string","pattern":"^(abc|a(b|d)*|12?)$"})"},
    {"pattern and length", R"({"type":"string","pattern":"^(ab|abc)+$","minLength":4,"maxLength":7})"},
    {"pattern without anchors", R"({"type":"string","pattern":"[0-9]+x"})"},
    {"patterns in an object",
     R"({"type":"object","properties":{"a":{"type":"string","pattern":"^a+$"},"b":{"type":"string","pattern":"^b*$"}},"required":["a"]})"},
    {"string or null with a length", R"({"type":["string","null"],"maxLength":4})"},
    {"length or literal", R"({"anyOf":[{"type":"string","maxLength":2},{"const":"unlimited"},{"type":"integer"}]})"},
    {"two patterns", R"({"anyOf":[{"type":"string","pattern":"^a+$"},{"type":"string","pattern":"^[0-9]{2}$"}]})"},
    {"pattern or any string", R"({"anyOf":[{"type":"string","pattern":"^a+$"},{"type":"string"}]})"},
    {"anyOf of objects",
     R"({"anyOf":[{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]},{"type":"object","properties":{"b":{"type":"string"}},"required":["b"]}]})"},
    {"anyOf beside properties",
     R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"anyOf":[{"required":["a"]},{"required":["b"]}]})"},
    {"oneOf told apart by type", R"({"oneOf":[{"type":"integer"},{"type":"string"},{"type":"null"}]})"},
    {"oneOf told apart by a constant",
     R"({"oneOf":[{"type":"object","properties":{"kind":{"const":"cat"},"name":{"type":"string","maxLength":3}},"required":["kind","name"]},
         {"type":"object","properties":{"kind":{"const":"dog"},"name":{"type":"string","maxLength":6}},"required":["kind"]}]})"},
    {"allOf",
     R"({"allOf":[{"type":"object","properties":{"a":{"type":"integer","minimum":0}},"required":["a"]},{"properties":{"a":{"type":"integer","maximum":9},"b":{"type":"null"}}}]})"},
    {"allOf with references",
     R"({"allOf":[{"$ref":"#/$defs/base"},{"properties":{"b":{"type":"null"}},"required":["b"]}],"$defs":{"base":{"type":"object","properties":{"a":{"type":"boolean"}}}}})"},
    {"reference",
     R"({"type":"array","items":{"$ref":"#/definitions/flag"},"definitions":{"flag":{"enum":["on","off"]}}})"},
    {"recursive reference",
     R"({"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"v":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["v","next"]}}})"},
    {"recursion through the root",
     R"({"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}}},"required":["children"]})"},
    {"names with odd characters",
     R"({"type":"object","properties":{"a b":{"type":"null"},"ñ\"/\\":{"type":"null"},"":{"type":"null"}},"required":["a b","ñ\"/\\",""]})"},
    {"nullable", R"({"type":"string","nullable":true,"maxLength":2})"},
    {"type told by its keywords", R"({"minimum":3,"maximum":5})"},
    {"notes are ignored",
     R"({"title":"t","description":"d","default":1,"examples":[1],"$comment":"c","x-own":true,"type":"boolean"})"},
};

json::value parsed(const std::string& text) { return parse_json(text, 400); }

}  // namespace

TEST_CASE("schema: whatever tokens are drawn under the mask, the answer is JSON that satisfies the schema") {
  GrammarCompiler compiler(walk::vocabulary());
  std::mt19937 random(11);
  for (const auto& test : kSchemas) {
    CAPTURE(test.name);
    const json::value schema = parsed(test.schema);
    const auto grammar = compiler.compile({GrammarSpec::Kind::json_schema, test.schema, {}});
    int whole = 0;
    std::set<std::string> texts;
    for (int round = 0; round < 150; ++round) {
      const auto answer = walk::random_answer(grammar, random, 400);
      if (!answer.is_whole) continue;
      ++whole;
      CAPTURE(answer.text);
      texts.insert(answer.text);
      bool is_valid = false;
      CHECK_NOTHROW(is_valid = validator::is_valid(schema, schema, parsed(answer.text)));
      CHECK(is_valid);
    }
    CHECK(whole > 30);
  }
}

TEST_CASE("schema: JSON of any shape is an object, and its white space ends") {
  GrammarCompiler compiler(walk::vocabulary());
  const auto grammar = compiler.compile({GrammarSpec::Kind::json, "", {}});
  std::mt19937 random(12);
  int whole = 0;
  for (int round = 0; round < 300; ++round) {
    const auto answer = walk::random_answer(grammar, random, 500);
    CHECK(answer.text.find(std::string(40, ' ')) == std::string::npos);
    CHECK(answer.text.find("\n\n") == std::string::npos);
    if (!answer.is_whole) continue;
    ++whole;
    CAPTURE(answer.text);
    json::value value;
    CHECK_NOTHROW(value = parsed(answer.text));
    CHECK(value.is_object());
  }
  CHECK(whole > 50);
}
