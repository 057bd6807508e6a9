#include "models/registry/cancel_watch.h"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>

using namespace fragua;
using namespace fragua::models;

TEST_CASE("cancel watch: a cancel from elsewhere arrives at the flag, and the watch ends") {
  asio::io_context loop;
  const auto cancelled = std::make_shared<std::atomic<bool>>(false);
  const CancelWatch watch(loop.get_executor(), cancelled, std::chrono::milliseconds(1));
  loop.run_one();
  CHECK(!*watch.flag());
  *cancelled = true;
  loop.run();  // comes back because nothing is left to do
  CHECK(*watch.flag());
}

TEST_CASE("cancel watch: ends with its owner, and without a cancellation there is nothing to watch") {
  asio::io_context loop;
  {
    const CancelWatch watch(loop.get_executor(), std::make_shared<std::atomic<bool>>(false),
                            std::chrono::milliseconds(1));
    loop.run_one();
  }
  loop.run();
  const CancelWatch none(loop.get_executor(), nullptr, std::chrono::milliseconds(1));
  loop.restart();
  CHECK(loop.run() == 0);
  CHECK(!*none.flag());
}

TEST_CASE("cancel watch: a posted sink speaks on the other loop, in order, as long as its owner has it") {
  asio::io_context loop;
  std::vector<std::string> heard;
  auto sink =
      std::make_shared<ProgressSink>([&](const TransferProgress& progress) { heard.push_back(progress.status); });
  const auto posted = posted_to(loop.get_executor(), sink);
  for (const char* status : {"a", "b", "c"}) posted({.status = status});
  CHECK(heard.empty());
  loop.run();
  CHECK(heard == std::vector<std::string>{"a", "b", "c"});
  posted({.status = "too late"});
  sink.reset();
  loop.restart();
  loop.run();
  CHECK(heard.size() == 3);
}

TEST_CASE("cancel watch: nobody listens, and that is fine") {
  asio::io_context loop;
  const auto nobody = std::make_shared<ProgressSink>();
  posted_to(loop.get_executor(), nobody)({.status = "a"});
  CHECK(loop.run() == 1);
}
