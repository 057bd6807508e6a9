#include "conversations/running_answer.h"

#include "bench.h"

using namespace fragua;
using namespace fragua::conversations;
using namespace fragua::conversations::tests;

namespace {

using Kind = AnswerEvent::Kind;

struct Bench {
  asio::io_context loop;
  std::shared_ptr<RunningAnswer> answer = std::make_shared<RunningAnswer>();

  void say(const std::string& content) { answer->take(engine::Delta{content, "", {}, {}}); }
  Subscription subscribe(SubscriptionOptions options = {}) { return {loop.get_executor(), answer, std::nullopt, options}; }
  AnswerEvent next(Subscription& reader) { return run(loop, reader.next()).value(); }
};

}  // namespace

TEST_CASE("running answer: a slow reader gets all of it in fewer pieces, a new one all so far at once") {
  Bench bench;
  auto quick = bench.subscribe(), slow = bench.subscribe();
  CHECK(bench.next(quick).kind == Kind::answer);
  CHECK(bench.next(slow).kind == Kind::answer);
  std::string told;
  for (int i = 0; i < 100; ++i) {
    bench.say("x");
    told += bench.next(quick).content;
  }
  CHECK(told.size() == 100);
  CHECK(bench.next(slow).content.size() == 100);
  auto late = bench.subscribe();
  CHECK(bench.next(late).message.content.size() == 100);
}

TEST_CASE("running answer: a reader that waits long is told to keep its line open") {
  Bench bench;
  auto reader = bench.subscribe({.keep_alive = std::chrono::milliseconds(5)});
  CHECK(bench.next(reader).kind == Kind::answer);
  CHECK(bench.next(reader).kind == Kind::waiting);
  bench.say("x");
  CHECK(bench.next(reader).kind == Kind::delta);
}

TEST_CASE("running answer: a title that does not come is not waited for long") {
  Bench bench;
  auto reader = bench.subscribe({.title_wait = std::chrono::milliseconds(5)});
  bench.answer->ended = true;
  CHECK(bench.next(reader).kind == Kind::answer);
  CHECK(bench.next(reader).kind == Kind::done);
  CHECK_FALSE(run(bench.loop, reader.next()).has_value());
}
