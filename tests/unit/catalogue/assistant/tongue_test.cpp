#include "catalogue/assistant/tongue.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue::assistant;

TEST_CASE("tongue: four languages by their codes, Spanish for all others") {
  for (const auto tongue : {Tongue::spanish, Tongue::english, Tongue::catalan, Tongue::portuguese}) CHECK(tongue_of(code_of(tongue)) == tongue);
  CHECK(tongue_of("fr") == Tongue::spanish);
  CHECK(tongue_of("") == Tongue::spanish);
}
