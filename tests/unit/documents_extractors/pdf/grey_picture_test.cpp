#include "documents/extractors/pdf/grey_picture.h"

#include <doctest/doctest.h>

#include <string>

using namespace fragua::documents::extractors;

TEST_CASE("grey picture: blank is what has no contrast") {
  const std::string head = "P5\n# made by a test\n4 2\n255\n";
  CHECK(is_blank_picture(head + std::string(8, '\xFF')));
  CHECK(is_blank_picture(head + "\xFF\xFE\xFD\xFF\xF8\xFF\xFF\xFF"));
  CHECK_FALSE(is_blank_picture(head + "\xFF\xFF\xFF\x20\xFF\xFF\xFF\xFF"));
  CHECK_FALSE(is_blank_picture("P6 1 1 255 aaa"));
  CHECK_FALSE(is_blank_picture(""));
}
