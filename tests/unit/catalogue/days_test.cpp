#include "catalogue/days.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;
using namespace fragua::catalogue;

TEST_CASE("days: a day is read and written as YYYY-MM-DD, and nothing else is one") {
  CHECK(text_of(*parse_day("2026-03-15")) == "2026-03-15");
  CHECK(parse_day("2024-02-29"));
  for (const auto wrong : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-3-15", "15-03-2026", "2026-03-1x", "", "2026/03/15", "-026-03-15"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_day(wrong));
  }
}

TEST_CASE("days: months begin, end and follow each other over the turn of a year") {
  const auto day = *parse_day("2025-11-10");
  CHECK(text_of(first_of_month(day)) == "2025-11-01");
  CHECK(text_of(last_of_month(day)) == "2025-11-30");
  CHECK(text_of(month_after(day, 1)) == "2025-12-01");
  CHECK(text_of(month_after(day, 3)) == "2026-02-01");
  CHECK(text_of(last_of_month(*parse_day("2024-02-03"))) == "2024-02-29");
}

TEST_CASE("days: which day it is depends on the time zone, in summer too") {
  const SystemTime late = SystemTime(*parse_day("2025-06-30")) + std::chrono::hours(22) + std::chrono::minutes(30);
  CHECK(text_of(local_day(late, "Europe/Madrid")) == "2025-07-01");
  CHECK(text_of(local_day(late, "UTC")) == "2025-06-30");
  const SystemTime winter = SystemTime(*parse_day("2025-12-31")) + std::chrono::hours(22) + std::chrono::minutes(30);
  CHECK(text_of(local_day(winter, "Europe/Madrid")) == "2025-12-31");
  CHECK(text_of(local_day(winter + std::chrono::minutes(30), "Europe/Madrid")) == "2026-01-01");
  CHECK_THROWS_AS(local_day(winter, "Europe/Nowhere"), Error);
}
