#include "base/entropy.h"

#include <doctest/doctest.h>

using namespace fragua;

TEST_CASE("entropy: as many bytes as asked, never the same") {
  CHECK(random_bytes(0).empty());
  CHECK(random_bytes(32).size() == 32);
  CHECK(random_bytes(32) != random_bytes(32));
}
