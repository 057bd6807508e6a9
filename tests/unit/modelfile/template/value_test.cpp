#include "modelfile/template/value.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::modelfile;

TEST_CASE("template value: truth and kinds") {
  const std::vector<std::tuple<std::string, bool, std::string_view>> cases{
      {"null", false, "nil"},     {"true", true, "a truth value"},  {"0", false, "a number"}, {"0.5", true, "a number"},
      {"\"\"", false, "a text"},  {"\"0\"", true, "a text"},        {"[]", false, "a list"},  {"[0]", true, "a list"},
      {"{}", false, "an object"}, {"{\"a\":0}", true, "an object"},
  };
  for (const auto& [text, truth, kind] : cases) {
    const json::value data = parse_json(text);
    CAPTURE(text);
    CHECK(Value::borrow(data).truth() == truth);
    CHECK(Value::own(data).truth() == truth);
    CHECK(Value::borrow(data).kind_name() == kind);
  }
  CHECK_FALSE(Value().truth());
}

TEST_CASE("template value: a window of a window is a list of its own, and lives as long as its owner") {
  Value inner;
  {
    const Value list = Value::own(parse_json("[1, 2, 3, 4]"));
    inner = Value::window(Value::window(list, 1, 4), 1, 2);
  }
  REQUIRE(inner.list().size() == 1);
  CHECK(inner.list()[0] == 3);
  CHECK(inner.truth());
  CHECK_FALSE(Value::window(inner, 1, 1).truth());
  const Value part = inner.part(inner.list()[0]);
  inner = {};
  CHECK(part.json() == 3);
}
