#include "engine/fairness.h"

#include <doctest/doctest.h>

using fragua::engine::Fairness;

TEST_CASE("fairness: who was away earns no credit") {
  Fairness fairness;
  fairness.arrive("busy");
  fairness.pay("busy", 1000);
  fairness.arrive("newcomer");
  CHECK(fairness.paid("newcomer") == doctest::Approx(1000));
}

TEST_CASE("fairness: leaving and coming back does not forget what was served") {
  Fairness fairness;
  fairness.arrive("a");
  fairness.arrive("b");
  fairness.pay("a", 500);
  fairness.leave("a");
  fairness.arrive("a");
  CHECK(fairness.paid("a") == doctest::Approx(500));
  CHECK(fairness.paid("b") == doctest::Approx(0));
}
