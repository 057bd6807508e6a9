#include "models/registry/transfer_loop.h"

#include <doctest/doctest.h>

#include <boost/asio/steady_timer.hpp>
#include <future>

using namespace fragua;
using namespace fragua::models;

namespace {

Task<std::thread::id> where() { co_return std::this_thread::get_id(); }

struct Told {
  std::promise<void>& begun;
  bool& ended;
  ~Told() { ended = true; }
};

Task<> wait_for_ever(std::promise<void>& begun, bool& ended) {
  const Told told{begun, ended};
  asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
  begun.set_value();
  co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

TEST_CASE("transfer loop: work runs on one thread that is not the caller's") {
  TransferLoop loop;
  std::promise<std::thread::id> first, second;
  for (auto* promise : {&first, &second})
    asio::co_spawn(loop.executor(), where(),
                   [promise](std::exception_ptr, std::thread::id id) { promise->set_value(id); });
  const auto id = first.get_future().get();
  CHECK(id != std::this_thread::get_id());
  CHECK(second.get_future().get() == id);
}

TEST_CASE("transfer loop: what waits when it ends is dropped, and cleans up after itself") {
  bool ended = false;
  std::promise<void> begun;
  {
    TransferLoop loop;
    asio::co_spawn(loop.executor(), wait_for_ever(begun, ended), asio::detached);
    begun.get_future().get();
    CHECK(!ended);
  }
  CHECK(ended);
}
