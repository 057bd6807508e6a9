#include "modelfile/template/format.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::modelfile;

namespace {

std::string formatted(const std::string& format, const std::string& list) {
  const json::value values = parse_json(list);
  std::vector<Value> arguments;
  for (const auto& each : values.get_array()) arguments.push_back(Value::borrow(each));
  BoundedText out(10'000);
  append_formatted(format, arguments, out);
  return out.take();
}

}  // namespace

TEST_CASE("template format: Go's verbs") {
  const std::vector<std::array<std::string, 3>> cases{
      {"%s|%d|%v|%t", R"(["a", 5, 0.25, true])", "a|5|0.25|true"},
      {"%5d|%-5d|%05d|%+d", "[5, 5, -5, 3]", "    5|5    |-0005|+3"},
      {"%5s|%-5s|%.2s", R"(["ab", "ab", "h\u00e9llo"])", "   ab|ab   |h\u00e9"},
      {"%f|%.2f|%6.1f|%e|%g", "[0.25, 3.14159, 2, 0.25, 0.25]", "0.250000|3.14|   2.0|2.500000e-01|0.25"},
      {"%x %o %b %c", "[255, 8, 5, 128512]", "ff 10 101 \U0001F600"},
      {"%q", R"(["a\n\"\u00e9\u0001"])", "\"a\\n\\\"\u00e9\\x01\""},
      {"100%% %v", "[null]", "100% <nil>"},
      {"%v %v", R"([["a", "b"], {"k": 1}])", "[a b] {\"k\":1}"},
      {"%d", R"(["x"])", "%!d(x)"},
      {"%v %v", "[1]", "1 %!v(MISSING)"},
      {"%v", "[1, 2, 3]", "1%!(EXTRA 2, 3)"},
      {"%", "[]", "%!(NOVERB)"},
      {"%z", "[1]", "%!z(1)"},
  };
  for (const auto& [format, arguments, expected] : cases) {
    CAPTURE(format);
    CHECK(formatted(format, arguments) == expected);
  }
}

TEST_CASE("template format: widths are limited and so is the text") {
  CHECK(formatted("%999999999d", "[1]").size() == 1000);
  BoundedText out(4);
  CHECK_THROWS_AS(append_printed(Value::own("12345"), out), Error);
}
