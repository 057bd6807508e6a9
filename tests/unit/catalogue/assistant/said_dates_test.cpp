#include "catalogue/assistant/said_dates.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue::assistant;

namespace {

std::vector<SaidDate> dates_in(const char* text) {
  auto tokens = tokens_of(text);
  return take_dates(tokens);
}

}  // namespace

TEST_CASE("said dates: every usual form of a day") {
  const DayParts day{2025, 1, 18};
  for (const auto* text : {"2025-01-18", "18/01/2025", "18-1-2025", "el 18 de enero de 2025", "18 de enero", "January 18th, 2025", "January 18", "the 18th of January 2025", "18 January 2025",
                           "18 de gener de 2025", "18 de janeiro de 2025", "18/1", "en enero", "sábado", "on Saturday"}) {
    CAPTURE(text);
    const auto dates = dates_in(text);
    REQUIRE(dates.size() == 1);
    CHECK(agrees(dates.front(), day));
  }
}

TEST_CASE("said dates: other days, months and years do not agree") {
  const DayParts day{2025, 1, 18};
  for (const auto* text : {"2025-01-19", "18/02/2025", "19 de enero", "18 de enero de 2026", "en febrero", "domingo", "February 18th", "18 d'abril"}) {
    CAPTURE(text);
    const auto dates = dates_in(text);
    REQUIRE(dates.size() == 1);
    CHECK_FALSE(agrees(dates.front(), day));
  }
}

TEST_CASE("said dates: the first day of a range has the month of the last") {
  const auto dates = dates_in("del 3 al 5 de mayo de 2025");
  REQUIRE(dates.size() == 2);
  CHECK(agrees(dates[0], {2025, 5, 3}));
  CHECK(agrees(dates[1], {2025, 5, 5}));
}

TEST_CASE("said dates: verbs and plain numbers are none") {
  for (const auto* text : {"you may march on", "tenemos 18 conciertos", "cuesta 16 €", "abc"}) {
    CAPTURE(text);
    CHECK(dates_in(text).empty());
  }
  auto tokens = tokens_of("18 de enero");
  take_dates(tokens);
  for (const auto& token : tokens) CHECK(token.is_used);
}
