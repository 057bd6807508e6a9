#include "runtime/stream.h"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <string>

using namespace fragua;

namespace {

Task<> collect(BoundedStream<int>& stream, std::vector<int>& items, bool& ended) {
  while (auto item = co_await stream.next(std::chrono::hours(1))) items.push_back(*item);
  ended = true;
}

Task<> wait_shortly(BoundedStream<int>& stream, ErrorCode& code) {
  try {
    co_await stream.next(std::chrono::milliseconds(1));
  } catch (const Error& error) {
    code = error.code();
  }
}

}  // namespace

TEST_CASE("stream: items arrive in order, those before close() too") {
  asio::io_context loop;
  BoundedStream<int> stream(loop.get_executor(), 8);
  std::vector<int> items;
  bool ended = false;
  asio::co_spawn(loop, collect(stream, items, ended), asio::detached);
  loop.poll();
  CHECK(stream.push(1));
  CHECK(stream.push(2));
  loop.poll();
  CHECK(items == std::vector<int>{1, 2});
  CHECK(stream.push(3));
  stream.close();
  CHECK_FALSE(stream.push(4));
  loop.run();
  CHECK(items == std::vector<int>{1, 2, 3});
  CHECK(ended);
}

TEST_CASE("stream: a full one refuses instead of growing") {
  asio::io_context loop;
  BoundedStream<int> stream(loop.get_executor(), 2);
  CHECK(stream.push(1));
  CHECK(stream.push(2));
  CHECK_FALSE(stream.push(3));
  CHECK(stream.size() == 2);
}

TEST_CASE("stream: a wait for nothing ends at its deadline") {
  asio::io_context loop;
  BoundedStream<int> stream(loop.get_executor(), 2);
  auto code = ErrorCode::internal;
  asio::co_spawn(loop, wait_shortly(stream, code), asio::detached);
  loop.run();
  CHECK(code == ErrorCode::deadline_exceeded);
}
