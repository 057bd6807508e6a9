#include "accounts/rate_limiter.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::accounts;

namespace {

int allowed(RateLimiter& limiter, int tries, const std::string& subject, const Limits& limits) {
  int count = 0;
  for (int i = 0; i < tries; ++i) {
    try {
      limiter.enter(subject, limits);
      ++count;
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::rate_limited);
    }
  }
  return count;
}

}  // namespace

TEST_CASE("rate limiter: in no minute are there more requests than the limit, and over an hour as many") {
  ManualClock clock;
  RateLimiter limiter(clock);
  const Limits limits{60, {}, {}};
  int counted = 0;
  for (int second = 0; second < 3600; ++second) {
    counted += allowed(limiter, 3, "user a", limits);
    clock.advance(std::chrono::seconds(1));
  }
  CHECK(counted >= 3564);  // within 1 %
  CHECK(counted <= 3636);
}

TEST_CASE("rate limiter: what it says to wait is enough and not a second too long") {
  ManualClock clock;
  RateLimiter limiter(clock);
  const Limits limits{2, {}, {}};
  allowed(limiter, 1, "user a", limits);
  clock.advance(std::chrono::seconds(10));
  allowed(limiter, 1, "user a", limits);
  try {
    limiter.enter("user a", limits);
    FAIL("it was let in");
  } catch (const Error& error) {
    CHECK(error.retry_after() == std::chrono::seconds(50));
  }
  clock.advance(std::chrono::seconds(49));
  CHECK(allowed(limiter, 1, "user a", limits) == 0);
  clock.advance(std::chrono::seconds(1));
  CHECK(allowed(limiter, 1, "user a", limits) == 1);
}

TEST_CASE("rate limiter: tokens stop the next request, until they are a minute old") {
  ManualClock clock;
  RateLimiter limiter(clock);
  const Limits limits{{}, 100, {}};
  CHECK(allowed(limiter, 1, "key k", limits) == 1);
  limiter.charge("key k", 100);
  CHECK(allowed(limiter, 1, "key k", limits) == 0);
  CHECK(allowed(limiter, 1, "key other", limits) == 1);
  clock.advance(std::chrono::seconds(60));
  CHECK(allowed(limiter, 1, "key k", limits) == 1);
}

TEST_CASE("rate limiter: the tokens of a day count what an earlier process used, and end with the day") {
  ManualClock clock;
  RateLimiter limiter(clock);
  const Limits limits{{}, {}, 1000};
  CHECK(allowed(limiter, 1, "user a", limits) == 1);
  CHECK_FALSE(limiter.knows_day("user a"));
  limiter.resume_day("user a", 900);
  CHECK(limiter.knows_day("user a"));
  limiter.charge("user a", 100);
  CHECK(allowed(limiter, 1, "user a", limits) == 0);
  clock.advance(std::chrono::hours(24));
  CHECK(allowed(limiter, 1, "user a", limits) == 1);
}
