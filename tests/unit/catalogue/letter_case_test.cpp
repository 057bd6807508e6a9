#include "catalogue/letter_case.h"

#include <doctest/doctest.h>

TEST_CASE("letter case: small letters of any script") {
  CHECK(fragua::catalogue::small_letters("Thrash METAL ÁÑÇ Ω") == "thrash metal áñç ω");
  CHECK(fragua::catalogue::small_letters("") == "");
}
