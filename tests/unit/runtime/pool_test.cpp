#include "runtime/pool.h"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <functional>
#include <latch>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "base/error.h"

using namespace fragua;

namespace {

struct Outcome {
  int value = 0;
  std::exception_ptr failed;
  std::thread::id resumed_on;
};

Task<> call(WorkerPool& pool, std::function<int()> work, Outcome& outcome) {
  try {
    outcome.value = co_await pool.run(std::move(work));
  } catch (...) {
    outcome.failed = std::current_exception();
  }
  outcome.resumed_on = std::this_thread::get_id();
}

Task<> call_nothing(WorkerPool& pool, std::function<void()> work) { co_await pool.run(std::move(work)); }

}  // namespace

TEST_CASE("pool: work runs on a worker and the coroutine goes on, on the loop") {
  asio::io_context loop;
  WorkerPool pool("hashing", 2, 8);
  Outcome outcome;
  std::thread::id worked_on;
  asio::co_spawn(loop,
                 call(
                     pool, [&] { return worked_on = std::this_thread::get_id(), 42; }, outcome),
                 asio::detached);
  loop.run();
  CHECK(outcome.value == 42);
  CHECK(worked_on != std::this_thread::get_id());
  CHECK(outcome.resumed_on == std::this_thread::get_id());
}

TEST_CASE("pool: what the work throws arrives at the caller") {
  asio::io_context loop;
  WorkerPool pool("hashing", 1, 1);
  Outcome outcome;
  asio::co_spawn(loop,
                 call(
                     pool, []() -> int { throw Error(ErrorCode::corrupt, "bad bytes"); }, outcome),
                 asio::detached);
  loop.run();
  REQUIRE(outcome.failed);
  CHECK_THROWS_WITH_AS(std::rethrow_exception(outcome.failed), "bad bytes", Error);
}

TEST_CASE("pool: a full queue refuses at once, and serves again once there is room") {
  asio::io_context loop;
  WorkerPool pool("hashing", 1, 1);
  std::latch go(1);
  std::vector<Outcome> outcomes(3);
  for (auto& outcome : outcomes)
    asio::co_spawn(loop,
                   call(
                       pool, [&] { return go.wait(), 1; }, outcome),
                   asio::detached);
  while (!outcomes[2].failed) loop.run_one();
  CHECK_THROWS_AS(std::rethrow_exception(outcomes[2].failed), Error);
  go.count_down();
  loop.run();
  CHECK(outcomes[0].value + outcomes[1].value == 2);
  Outcome again;
  asio::co_spawn(loop,
                 call(
                     pool, [] { return 5; }, again),
                 asio::detached);
  loop.restart();
  loop.run();
  CHECK(again.value == 5);
}

TEST_CASE("pool: ending it waits for the running work and lets go of what was queued") {
  asio::io_context loop;
  std::latch started(1), queued(1);
  bool ran = false;
  const auto held = std::make_shared<int>();
  {
    WorkerPool pool("hashing", 1, 4);
    asio::co_spawn(loop, call_nothing(pool, [&] { started.count_down(), queued.wait(), ran = true; }), asio::detached);
    for (int i = 0; i < 3; ++i) asio::co_spawn(loop, call_nothing(pool, [held] {}), asio::detached);
    loop.poll();
    started.wait();
    CHECK(held.use_count() > 1);
    queued.count_down();
  }
  CHECK(ran);
  loop.poll();
  CHECK(held.use_count() == 1);
}
