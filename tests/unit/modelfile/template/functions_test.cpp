#include "modelfile/template/functions.h"

#include <doctest/doctest.h>

#include "modelfile/template/format.h"

using namespace fragua;
using namespace fragua::modelfile;

namespace {

struct Case {
  std::string name;
  std::string arguments;  // a JSON list
  std::string expected;   // as JSON, or "error: ..."
};

std::string called(const Case& test) {
  const json::value list = parse_json(test.arguments);
  std::vector<Value> arguments;
  for (const auto& each : list.get_array()) arguments.push_back(Value::borrow(each));
  std::size_t bytes_left = 1000;
  std::size_t steps_left = 1000;
  const auto today = std::chrono::sys_days(std::chrono::year(2026) / 3 / 1);
  const auto outcome = call_template_function({test.name, arguments, today, bytes_left, steps_left});
  if (!outcome) return std::string("error: ") + outcome.error().what();
  BoundedText text(1000);
  append_json(*outcome, text);
  return text.take();
}

}  // namespace

TEST_CASE("template functions: results and errors") {
  const std::vector<Case> cases{
      {"not", "[0]", "true"},
      {"not", "[[1]]", "false"},
      {"eq", "[1, 1]", "true"},
      {"eq", "[1, 1.0]", "true"},
      {"eq", R"(["b", "a", "b"])", "true"},
      {"eq", R"([null, ""])", "false"},
      {"eq", "[null, null]", "true"},
      {"eq", R"([1, "1"])", "error: incompatible types for comparison: a number and a text"},
      {"eq", "[[1], [1]]", "error: incompatible types for comparison: a list and a list"},
      {"ne", R"(["a", "b"])", "true"},
      {"lt", R"(["a", "b"])", "true"},
      {"le", "[2, 2]", "true"},
      {"gt", "[1, 2]", "false"},
      {"ge", "[2.5, 2]", "true"},
      {"lt", "[true, false]", "error: invalid types for comparison: a truth value and a truth value"},
      {"len", R"(["h\u00e9"])", "3"},
      {"len", "[[1, 2]]", "2"},
      {"len", R"([{"a": 1}])", "1"},
      {"len", "[3]", "error: len of a number"},
      {"index", "[[1, 2, 3], 1]", "2"},
      {"index", R"([{"a": [5]}, "a", 0])", "5"},
      {"index", R"([{"a": 1}, "b"])", "null"},
      {"index", R"(["abc", 1])", "98"},
      {"index", "[[1], -1]", "error: index out of range: -1"},
      {"index", R"([[1], "x"])", "error: cannot index with a text"},
      {"index", "[[], 0]", "error: index out of range: the list is empty"},
      {"slice", "[[1, 2, 3], 1]", "[2,3]"},
      {"slice", "[[1, 2, 3], 1, 2]", "[2]"},
      {"slice", "[[1, 2, 3], 3]", "[]"},
      {"slice", R"(["abc", 1, 2])", "\"b\""},
      {"slice", "[[1], 2]", "error: index out of range: 2"},
      {"slice", "[[1, 2], 2, 1]", "error: invalid slice: 2 > 1"},
      {"print", R"([1, 2, "a", 3])", "\"1 2a3\""},
      {"println", R"([1, "a"])", R"("1 a\n")"},
      {"json", R"([{"b": [1, 0.5, "<x>"], "a": null}])", R"("{\"b\":[1,0.5,\"<x>\"],\"a\":null}")"},
      {"currentDate", R"(["2006"])", "\"2026-03-01\""},
      {"yesterdayDate", "[]", "\"2026-02-28\""},
      {"toTypeScriptType", R"([{"type": "integer"}])", "\"number\""},
      {"toTypeScriptType", R"([{"type": ["string", "null"]}])", "\"string | null\""},
      {"toTypeScriptType", R"([{"anyOf": [{"type": "array"}, {"type": "object"}]}])",
       "\"any[] | Record<string, any>\""},
      {"toTypeScriptType", "[5]", "\"any\""},
      {"len", "[]", "error: wrong number of arguments for len: 0"},
      {"nope", "[]", "error: function \"nope\" not defined"},
  };
  for (const auto& test : cases) {
    CAPTURE(test.name);
    CAPTURE(test.arguments);
    CHECK(called(test) == test.expected);
  }
}

TEST_CASE("template functions: what they produce is charged") {
  const json::value word = "12345678";
  const std::vector<Value> arguments{Value::borrow(word)};
  std::size_t bytes_left = 10;
  std::size_t steps_left = 10;
  const Call call{"print", arguments, {}, bytes_left, steps_left};
  CHECK(call_template_function(call));
  CHECK(bytes_left == 2);
  CHECK_THROWS_AS(call_template_function(call), Error);
}
