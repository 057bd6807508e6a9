#include "engine/draft_pace.h"

#include <doctest/doctest.h>

using fragua::engine::DraftPace;

TEST_CASE("draft pace: guesses that prove right grow to the longest") {
  DraftPace pace(16);
  std::size_t length = pace.next_length();
  CHECK(length > 0);
  for (int step = 0; step < 5; ++step) {
    pace.learn(length, length);
    CHECK(pace.next_length() >= length);
    length = pace.next_length();
  }
  CHECK(length == 16);
}

TEST_CASE("draft pace: a wrong guess makes it rest, each time longer, and a right one ends that") {
  DraftPace pace(16);
  const auto rest_after_wrong_guess = [&] {
    pace.learn(3, 0);
    int steps = 0;
    while (pace.next_length() == 0) REQUIRE(++steps < 1000);
    return steps;
  };
  const int first = rest_after_wrong_guess(), second = rest_after_wrong_guess();
  CHECK(first > 0);
  CHECK(second > first);
  pace.learn(3, 3);
  CHECK(rest_after_wrong_guess() == first);
}

TEST_CASE("draft pace: a guess that was right in part is no reason to rest, and steps without guesses teach nothing") {
  DraftPace pace(16);
  pace.learn(16, 5);
  CHECK(pace.next_length() == 5);
  pace.learn(0, 0);
  CHECK(pace.next_length() == 5);
}

TEST_CASE("draft pace: with no length allowed it never guesses") {
  DraftPace pace(0);
  CHECK(pace.next_length() == 0);
}
