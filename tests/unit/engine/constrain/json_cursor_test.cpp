#include "engine/constrain/json_cursor.h"

#include <doctest/doctest.h>

using namespace fragua::engine;

namespace {

JsonCursor after(std::string_view text) {
  JsonCursor cursor;
  cursor.read(text);
  return cursor;
}

}  // namespace

TEST_CASE("json cursor: counts a string's characters, not its bytes or escapes") {
  struct Case {
    const char* text;
    std::uint32_t characters;
    std::uint32_t fewest;
  };
  const Case cases[] = {{R"("abc)", 3, 3},  {R"(")", 0, 0},        {R"("ñ😀)", 2, 2},           {R"("a\")", 2, 2},
                        {R"("\\\n)", 2, 2}, {R"("\u00e9x)", 2, 2}, {R"("\ud83d\ude00)", 2, 1}, {R"({"k": "v1)", 2, 2}};
  for (const auto& test : cases) {
    CAPTURE(test.text);
    const auto cursor = after(test.text);
    CHECK(cursor.in_string);
    CHECK(cursor.characters == test.characters);
    CHECK(cursor.fewest_characters() == test.fewest);
  }
}

TEST_CASE("json cursor: knows when it is in a string, within an escape, and where the string began") {
  CHECK_FALSE(after(R"({"a": 1)").in_string);
  CHECK_FALSE(after(R"("a\"b")").in_string);
  CHECK(after(R"("a\")").in_string);
  CHECK(after(R"("a\)").escape != 0);
  CHECK(after(R"("a\u00)").escape != 0);
  CHECK(after(R"("a\u0041)").escape == 0);
  CHECK(after(R"({"a": "bc)").string_start == 7);
}
