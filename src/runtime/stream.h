// BoundedStream<T>: a queue between two coroutines of the loop, bounded, closable, with a deadline on the wait.
// Callers: engine channel -> inference -> api streams. Threads: the loop's only.
// push never waits: false means full (the reader is too slow: cut it). After close() the reader drains what is left.
#pragma once
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <optional>

#include "base/error.h"
#include "runtime/task.h"

namespace fragua {

template <class T>
class BoundedStream {
 public:
  BoundedStream(asio::any_io_executor executor, std::size_t max_items)
      : wake_(executor, asio::steady_timer::time_point::max()), max_items_(max_items) {}

  bool push(T item) {
    if (closed_ || items_.size() >= max_items_) return false;
    items_.push_back(std::move(item));
    wake_.cancel();
    return true;
  }
  void close() {
    closed_ = true;
    wake_.cancel();
  }
  bool closed() const { return closed_; }
  std::size_t size() const { return items_.size(); }

  // The next item; nothing once closed and drained. Error(deadline_exceeded) when `limit` passes first.
  Task<std::optional<T>> next(std::chrono::nanoseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (items_.empty() && !closed_) {
      if (std::chrono::steady_clock::now() >= deadline)
        throw Error(ErrorCode::deadline_exceeded,
                    "nothing arrived within " + std::to_string(limit / std::chrono::seconds(1)) + " s");
      wake_.expires_at(std::chrono::time_point_cast<asio::steady_timer::duration>(deadline));
      boost::system::error_code ignored;
      co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    if (items_.empty()) co_return std::nullopt;
    T item = std::move(items_.front());
    items_.pop_front();
    co_return item;
  }

 private:
  asio::steady_timer wake_;
  std::size_t max_items_;
  std::deque<T> items_;
  bool closed_ = false;
};

}  // namespace fragua
