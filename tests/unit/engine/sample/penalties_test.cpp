#include "engine/sample/penalties.h"

#include <doctest/doctest.h>

using namespace fragua::engine;

TEST_CASE("penalties: repeat, frequency and presence as their formulas say, on the window's tokens only") {
  SamplingOptions options;
  options.repeat_penalty = 2;
  options.frequency_penalty = 0.5;
  options.presence_penalty = 0.25;
  options.repeat_last_n = 4;
  Penalties penalties(options);
  for (Token token : {3, 3, 0, 1, 1, 2}) penalties.accept(token);
  std::vector<float> logits{4, -4, 0, 5, 6};
  std::vector<LogitChange> changes;
  penalties.apply(logits, changes);
  CHECK(logits[0] == 4 / 2 - 0.5f - 0.25f);
  CHECK(logits[1] == -4 * 2 - 2 * 0.5f - 0.25f);
  CHECK(logits[2] == 0 - 0.5f - 0.25f);
  CHECK(logits[3] == 5);  // fell out of the window
  CHECK(logits[4] == 6);
  CHECK(changes.size() == 3);
}

TEST_CASE("penalties: neutral values and an empty window turn them off") {
  SamplingOptions neutral;
  CHECK_FALSE(Penalties(neutral).is_on());
  SamplingOptions no_window;
  no_window.repeat_penalty = 2;
  no_window.repeat_last_n = 0;
  CHECK_FALSE(Penalties(no_window).is_on());
}

TEST_CASE("penalties: a token that the logits do not have is passed over") {
  SamplingOptions options;
  options.presence_penalty = 1;
  Penalties penalties(options);
  penalties.accept(9);
  std::vector<float> logits{1, 2};
  std::vector<LogitChange> changes;
  penalties.apply(logits, changes);
  CHECK(logits == std::vector<float>{1, 2});
}
