#include "api/activity.h"

#include <doctest/doctest.h>

using namespace fragua;
using fragua::api::Activity;
using fragua::api::SeenRequest;

namespace {

SeenRequest answered(const Clock& clock, double first_token_ms, std::uint64_t tokens) {
  SeenRequest seen;
  seen.at = clock.steady();
  seen.status = 200;
  seen.prompt_tokens = 10;
  seen.cached_tokens = 5;
  seen.answer_tokens = tokens;
  seen.first_token_ms = first_token_ms;
  return seen;
}

}  // namespace

TEST_CASE("activity: rates are of the last minute, counts since the start") {
  ManualClock clock;
  Activity activity(clock);
  clock.advance(std::chrono::minutes(10));
  for (const double ms : {100.0, 300.0, 200.0}) activity.note(answered(clock, ms, 40));
  auto figures = activity.figures();
  CHECK(figures.tokens_per_second == doctest::Approx(2.0));
  CHECK(*figures.first_token_ms == doctest::Approx(200));
  CHECK(*figures.cached_token_share == doctest::Approx(0.5));
  clock.advance(std::chrono::seconds(61));
  figures = activity.figures();
  CHECK(figures.tokens_per_second == doctest::Approx(0));
  CHECK_FALSE(figures.first_token_ms.has_value());
  CHECK(figures.requests == 3);
}

TEST_CASE("activity: the last errors are kept, newest first, and no more than fifty") {
  ManualClock clock;
  Activity activity(clock);
  for (int i = 0; i < 100; ++i) {
    SeenRequest seen;
    seen.status = i % 2 == 0 ? 500 : 404;
    seen.request_id = std::to_string(i);
    activity.note(seen);
  }
  CHECK(activity.recent_errors().size() == 50);
  CHECK(activity.recent_errors().front().request_id == "99");
  CHECK(activity.figures().errors == 50);
}
