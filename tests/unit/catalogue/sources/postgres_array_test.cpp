#include "catalogue/sources/postgres_array.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::catalogue;

TEST_CASE("postgres array: literals become JSON") {
  struct Case {
    const char* literal;
    CellForm items;
    const char* json;
  };
  const Case cases[] = {
      {"{}", CellForm::texts, "[]"},
      {"{a,\"b c\",NULL}", CellForm::texts, R"(["a","b c",null])"},
      {R"({"NULL","it's","say \"x\"","back\\slash","a,b","{c}",""})", CellForm::texts,
       R"(["NULL","it's","say \"x\"","back\\slash","a,b","{c}",""])"},
      {"{ a , b  c }", CellForm::texts, R"(["a","b  c"])"},
      {"{{1,2},{3,NULL}}", CellForm::numbers, "[[1,2],[3,null]]"},
      {"{1,-2.50,1e9,NaN,007}", CellForm::numbers, R"([1,-2.50,1e9,"NaN","007"])"},
      {"{t,f,NULL}", CellForm::booleans, "[true,false,null]"},
      {"[0:1]={a,b}", CellForm::texts, R"(["a","b"])"},
      {"{año,\"línea\nnueva\"}", CellForm::texts, "[\"año\",\"línea\\nnueva\"]"},
      {"{a\\,b}", CellForm::texts, R"(["a,b"])"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.literal);
    const auto json = array_to_json(c.literal, c.items);
    REQUIRE(json.has_value());
    CHECK(*json == c.json);
  }
}

TEST_CASE("postgres array: what is none is refused") {
  for (const char* literal : {"", "a", "{", "{a", "{a,}", "{,a}", "{a}}", "{a} b", "{\"a}", "{a\\", "{{{{{{{1}}}}}}}"}) {
    CAPTURE(literal);
    CHECK_FALSE(array_to_json(literal, CellForm::texts).has_value());
  }
}

TEST_CASE("postgres array: an item is quoted so that it reads back") {
  const std::string text = "a\"b\\c,{d}";
  CHECK(array_to_json("{" + array_item(text) + "}", CellForm::texts).value() == R"(["a\"b\\c,{d}"])");
}

TEST_CASE("postgres array: the type says the form") {
  CHECK(form_of("text") == CellForm::as_it_is);
  CHECK(form_of("boolean") == CellForm::boolean);
  CHECK(form_of("text[]") == CellForm::texts);
  CHECK(form_of("integer[]") == CellForm::numbers);
  CHECK(form_of("numeric(10,2)[]") == CellForm::numbers);
  CHECK(form_of("double precision[][]") == CellForm::numbers);
  CHECK(form_of("boolean[]") == CellForm::booleans);
  CHECK(form_of("interval[]") == CellForm::texts);
  CHECK(with_form(CellForm::boolean, "t").value() == "true");
  CHECK(with_form(CellForm::boolean, "false").value() == "false");
  CHECK(with_form(CellForm::as_it_is, "{t}").value() == "{t}");
}
