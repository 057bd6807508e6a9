#include "engine/budget.h"

#include <doctest/doctest.h>

using fragua::engine::Budget;

TEST_CASE("budget: with answers running a step stays under the gap target") {
  Budget budget(400, 1000, 512);
  budget.learn(1, 0, 60);
  budget.learn(0, 100, 1000);
  CHECK(budget.prompt_tokens(1) == 34);
  CHECK(budget.prompt_tokens(0) == 100);
}

TEST_CASE("budget: a prompt always moves on, and a step never takes more than the context does") {
  Budget slow(10, 10, 512);
  slow.learn(1, 0, 60);
  slow.learn(0, 1, 1000);
  CHECK(slow.prompt_tokens(1) == 8);
  Budget fast(400, 1000, 512);
  fast.learn(0, 512, 1);
  CHECK(fast.prompt_tokens(12) == 500);
  CHECK(fast.prompt_tokens(512) == 0);
}
