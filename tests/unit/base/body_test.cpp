#include "base/body.h"

#include <doctest/doctest.h>

using namespace fragua;

namespace {

struct Inner {
  std::string name;
  std::optional<int> size;
};
template <class V>
void describe(V& field, Inner& inner) {
  field.required("name", inner.name, "what it is called");
  field.optional("size", inner.size);
}

struct Outer {
  bool flag = false;
  std::uint8_t small = 7;
  double ratio = 0;
  std::vector<Inner> list;
  std::map<std::string, int> counts;
  json::value anything;
  json::object settings;
};
template <class V>
void describe(V& field, Outer& outer) {
  field.optional("flag", outer.flag);
  field.optional("small", outer.small);
  field.optional("ratio", outer.ratio);
  field.optional("list", outer.list);
  field.optional("counts", outer.counts);
  field.optional("anything", outer.anything);
  field.optional("settings", outer.settings);
}

Outer read(std::string_view text, Unknown unknown = Unknown::refused) {
  return read_body<Outer>(parse_json(text), unknown);
}

}  // namespace

TEST_CASE("body: what is written reads back the same") {
  const auto* text =
      R"({"flag":true,"small":255,"ratio":0.5,"list":[{"name":"a","size":3},{"name":"b"}],"counts":{"x":1},"anything":[null],"settings":{"k":"v"}})";
  const auto outer = read(text);
  CHECK(outer.list.at(0).size == 3);
  CHECK_FALSE(outer.list.at(1).size);
  CHECK(outer.counts.at("x") == 1);
  CHECK(write_body(outer) == parse_json(text));
}

TEST_CASE("body: what is absent or null keeps its default") {
  CHECK(read("{}").small == 7);
  CHECK(read(R"({"small":null})").small == 7);
}

TEST_CASE("body: a whole number may come as a double") { CHECK(read(R"({"small":40.0})").small == 40); }

TEST_CASE("body: a wrong type or range names the field by its whole path") {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"flag":1})", "\"flag\" must be true or false"},
      {R"({"small":256})", "\"small\" must be an integer"},
      {R"({"small":-1})", "\"small\" must be an integer"},
      {R"({"small":1.5})", "\"small\" must be an integer"},
      {R"({"small":1e300})", "\"small\" must be an integer"},
      {R"({"ratio":"1"})", "\"ratio\" must be a number"},
      {R"({"list":{}})", "\"list\" must be a list"},
      {R"({"list":[{"name":"a"},{"name":2}]})", "\"list[1].name\" must be a string"},
      {R"({"list":[{}]})", "\"list[0].name\" must be present"},
      {R"({"counts":{"x":"y"}})", "\"counts.x\" must be an integer"},
      {R"({"settings":[]})", "\"settings\" must be an object"},
      {"[]", "the body must be an object"},
  };
  for (const auto& [text, message] : cases) CHECK_THROWS_WITH_AS(read(text), message, Error);
}

TEST_CASE("body: unknown fields are refused at any depth, or ignored where that was asked for") {
  CHECK_THROWS_WITH_AS(read(R"({"smal":1})"), "unknown field \"smal\"", Error);
  CHECK_THROWS_WITH_AS(read(R"({"list":[{"name":"a","sise":1}]})"), "unknown field \"list[0].sise\"", Error);
  CHECK(read(R"({"smal":1,"list":[{"name":"a","sise":1}]})", Unknown::ignored).list.size() == 1);
}

TEST_CASE("body: the schema says types, what is required, and what fields mean") {
  const json::value schema = BodySchema::of<Outer>();
  CHECK(schema.at("properties").at("small").at("type") == "integer");
  CHECK(schema.at("properties").at("counts").at("additionalProperties").at("type") == "integer");
  const auto& item = schema.at("properties").at("list").at("items");
  CHECK(item.at("required") == json::value{"name"});
  CHECK(item.at("properties").at("name") == json::value{{"type", "string"}, {"description", "what it is called"}});
  CHECK_FALSE(schema.get_object().contains("required"));
}
