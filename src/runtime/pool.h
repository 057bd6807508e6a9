// WorkerPool: a few named threads for what would block the loop (hashing, files, import).
// Callers: any coroutine of the loop: `co_await pool.run(work)`; `work` is a plain function object and may throw.
// A full queue throws Error(overloaded). The destructor waits for running work; queued work is dropped.
#pragma once
#include <memory>
#include <string>
#include <type_traits>

#include "runtime/task.h"

namespace fragua {

class WorkerPool {
 public:
  WorkerPool(std::string name, std::size_t threads, std::size_t queue_max);
  ~WorkerPool();

  // Runs on a worker; the coroutine goes on, on the loop, with what it returned or threw.
  template <class Work>
  Task<std::invoke_result_t<Work>> run(Work work);

 private:
  // Holds a place until it goes; it may go after the pool. Throws overloaded when the queue is full.
  std::shared_ptr<void> enter();
  asio::any_io_executor executor();
  struct State;
  std::unique_ptr<State> state_;
};

template <class Work>
Task<std::invoke_result_t<Work>> run_on(Work work) {
  co_return work();
}

template <class Work>
Task<std::invoke_result_t<Work>> WorkerPool::run(Work work) {
  const auto place = enter();
  auto task = run_on(std::move(work));
  if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
    co_await asio::co_spawn(executor(), std::move(task), asio::use_awaitable);
  } else {
    co_return co_await asio::co_spawn(executor(), std::move(task), asio::use_awaitable);
  }
}

}  // namespace fragua
