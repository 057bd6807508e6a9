#include "app/shifted_clock.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::app;

TEST_CASE("shifted clock: it is the day that was asked for, at the time of the day that it is") {
  const SystemTime now = std::chrono::sys_days(std::chrono::year(2026) / 11 / 26) + std::chrono::hours(9);
  CHECK(now + shift_to("2025-11-10", now) == std::chrono::sys_days(std::chrono::year(2025) / 11 / 10) + std::chrono::hours(9));
  CHECK(shift_to("", now).count() == 0);
  const ShiftedClock clock(std::chrono::hours(-24));
  const auto behind = Clock().system() - clock.system();
  CHECK(behind > std::chrono::hours(23));
  CHECK(behind < std::chrono::hours(25));
}

TEST_CASE("shifted clock: what is no day is refused") {
  for (const auto* day : {"tomorrow", "2025-13-01", "2025-02-30", "10-11-2025", "2025/11/10", "2025-1a-10"})
    CHECK_THROWS_AS(shift_to(day, SystemTime()), Error);
}
