#include "api/networks.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using fragua::api::Networks;

TEST_CASE("networks: an address is in a network, or is the address itself") {
  const Networks networks({"127.0.0.1", "10.0.0.7/8", "::1", "fd00::/8"});
  for (const auto* inside : {"127.0.0.1", "10.0.0.0", "10.255.1.2", "::1", "fd12:3456::1", "::ffff:10.1.2.3"}) CHECK(networks.contains(inside));
  for (const auto* outside : {"127.0.0.2", "11.0.0.1", "::2", "fe80::1", "", "unknown", "10.0.0.1, 10.0.0.2", "10.0.0.0/8"}) CHECK_FALSE(networks.contains(outside));
  CHECK_FALSE(Networks().contains("127.0.0.1"));
}

TEST_CASE("networks: what is none is named") {
  CHECK_THROWS_WITH_AS(Networks({"10.0.0.0/40"}), doctest::Contains("10.0.0.0/40"), Error);
  CHECK_THROWS_AS(Networks({"proxy.example.com"}), Error);
}
