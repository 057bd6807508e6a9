#include "catalogue/code_points.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("code points: there and back; what is not UTF-8 is U+FFFD") {
  CHECK(code_points("añ€\U0001F3B8") == U"añ€\U0001F3B8");
  CHECK(utf8_of(U"añ€\U0001F3B8") == "añ€\U0001F3B8");
  CHECK(code_points("a\xFF") == U"a\uFFFD");
  CHECK(is_ascii("abc?"));
  CHECK_FALSE(is_ascii("año"));
}
