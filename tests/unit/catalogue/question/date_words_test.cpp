#include "catalogue/question/date_words.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("date words: months and weekdays are known in four languages, months mistyped too") {
  for (const auto march : {"marzo", "march", "marc", "marco"}) CHECK(month_named(march) == 3);
  CHECK(month_named("novimbre") == 11);
  CHECK(month_named("setembro") == 9);
  CHECK_FALSE(month_named("metal"));
  CHECK(weekday_named("domingo") == 0);
  CHECK(weekday_named("dissabte") == 6);
  CHECK_FALSE(weekday_named("hoy"));
}

TEST_CASE("date words: a season is the one that is, or comes next") {
  const auto today = *parse_day("2026-01-10");
  CHECK(text_of(season_named("verano", today)->from) == "2026-06-21");
  CHECK(text_of(season_named("invierno", today)->from) == "2025-12-21");
  CHECK(text_of(season_named("navidad", today)->from) == "2026-12-24");
  CHECK(text_of(season_named("navidad", *parse_day("2026-01-03"))->until) == "2026-01-06");
  CHECK_FALSE(season_named("rock", today));
}

TEST_CASE("date words: numbers are read in digits and in words") {
  const auto said = [](std::string_view text) {
    const auto number = number_said(Question(text), 0);
    return number ? std::pair(number->value, number->words) : std::pair(-1.0, std::size_t(0));
  };
  CHECK(said("30") == std::pair(30.0, std::size_t(1)));
  CHECK(said("treinta euros") == std::pair(30.0, std::size_t(1)));
  CHECK(said("treinta y cinco") == std::pair(35.0, std::size_t(3)));
  CHECK(said("twenty five") == std::pair(25.0, std::size_t(2)));
  CHECK(said("treinta y Valencia") == std::pair(30.0, std::size_t(1)));
  CHECK(said("metal").first == -1);
}
