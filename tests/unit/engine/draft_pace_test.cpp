#include "engine/draft_pace.h"

#include <doctest/doctest.h>

using fragua::engine::DraftPace;

TEST_CASE("draft pace: a probe that is right in whole is followed by long guesses, until one is wrong") {
  DraftPace pace(15);
  const auto probe = pace.next_length();
  CHECK(probe > 0);
  CHECK(probe < 15);
  pace.learn(probe, probe);
  CHECK(pace.next_length() == 15);
  pace.learn(15, 15);
  CHECK(pace.next_length() == 15);
  pace.learn(15, 7);
  CHECK(pace.next_length() == probe);
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

TEST_CASE("draft pace: what pays is no reason to rest, what does not is, and steps without guesses teach nothing") {
  DraftPace pace(15);
  pace.learn(15, 5);
  CHECK(pace.next_length() > 0);
  pace.learn(0, 0);
  CHECK(pace.next_length() > 0);
  pace.learn(15, 4);
  CHECK(pace.next_length() == 0);
}

TEST_CASE("draft pace: with no length allowed it never guesses") {
  DraftPace pace(0);
  CHECK(pace.next_length() == 0);
}
