#include "accounts/attempts.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::accounts;

namespace {

int allowed(Attempts& attempts, int tries, const std::string& name, const std::string& address) {
  int count = 0;
  for (int i = 0; i < tries; ++i) {
    try {
      attempts.begin(name, address);
      ++count;
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::rate_limited);
      CHECK(error.retry_after() > std::chrono::seconds(0));
    }
  }
  return count;
}

}  // namespace

TEST_CASE("attempts: of 10,000 tries at a name, or from an address, few are checked") {
  ManualClock clock;
  Attempts attempts(clock);
  CHECK(allowed(attempts, 10'000, "ana", "192.0.2.1") == 10);
  int by_name = 0;
  for (int i = 0; i < 1000; ++i) by_name += allowed(attempts, 1, "eva", "192.0.2." + std::to_string(i + 10));
  CHECK(by_name == 10);
  int by_address = 0;
  for (int i = 0; i < 1000; ++i) by_address += allowed(attempts, 1, "user" + std::to_string(i), "198.51.100.1");
  CHECK(by_address == 10);
}

TEST_CASE("attempts: after a quarter of an hour the tries count no more") {
  ManualClock clock;
  Attempts attempts(clock);
  allowed(attempts, 20, "ana", "192.0.2.1");
  clock.advance(std::chrono::minutes(14));
  CHECK(allowed(attempts, 1, "ana", "192.0.2.1") == 0);
  clock.advance(std::chrono::minutes(1));
  CHECK(allowed(attempts, 1, "ana", "192.0.2.1") == 1);
}

TEST_CASE("attempts: signing in with one's own password buys no more tries at others'") {
  ManualClock clock;
  Attempts attempts(clock);
  int others = 0;
  for (int i = 0; i < 100; ++i) {
    others += allowed(attempts, 1, "victim" + std::to_string(i), "192.0.2.1");
    if (allowed(attempts, 1, "me", "192.0.2.1") == 1) attempts.succeeded("me", "192.0.2.1");
  }
  CHECK(others == 10);
}

TEST_CASE("attempts: strangers cannot lock out who signed in from their own address before") {
  ManualClock clock;
  Attempts attempts(clock);
  REQUIRE(allowed(attempts, 1, "ana", "192.0.2.1") == 1);
  attempts.succeeded("ana", "192.0.2.1");
  for (int i = 0; i < 100; ++i) allowed(attempts, 1, "ana", "198.51.100." + std::to_string(i));
  CHECK(allowed(attempts, 1, "ana", "203.0.113.1") == 0);
  CHECK(allowed(attempts, 20, "ana", "192.0.2.1") == 10);   // whoever sits there may not try for ever either
}
