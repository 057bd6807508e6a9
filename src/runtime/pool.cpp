#include "runtime/pool.h"

#include <pthread.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>
#include <vector>

#include "base/error.h"

namespace fragua {

struct WorkerPool::State {
  std::string name;
  std::size_t in_flight_max;
  // Shared: the coroutines of dropped work end on the loop, maybe after the pool.
  std::shared_ptr<std::atomic<std::size_t>> in_flight = std::make_shared<std::atomic<std::size_t>>(0);
  asio::io_context context;
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  std::vector<std::thread> threads;

  void work_as(std::size_t number) {
    // The kernel keeps 15 characters of a thread's name.
    pthread_setname_np(pthread_self(), (name.substr(0, 11) + "-" + std::to_string(number)).c_str());
    context.run();
  }
};

WorkerPool::WorkerPool(std::string name, std::size_t threads, std::size_t queue_max)
    : state_(std::make_unique<State>()) {
  CHECK_THAT(threads > 0);
  state_->name = std::move(name);
  state_->in_flight_max = threads + queue_max;
  for (std::size_t number = 0; number < threads; ++number)
    state_->threads.emplace_back(&State::work_as, state_.get(), number);
}

WorkerPool::~WorkerPool() {
  state_->context.stop();
  for (auto& thread : state_->threads) thread.join();
}

std::shared_ptr<void> WorkerPool::enter() {
  const auto in_flight = state_->in_flight;
  const bool full = in_flight->fetch_add(1) >= state_->in_flight_max;
  std::shared_ptr<void> place(nullptr, [in_flight](void*) { in_flight->fetch_sub(1); });
  if (full)
    throw Error(ErrorCode::overloaded,
                "too much work is waiting for the " + state_->name + " workers: try again later");
  return place;
}

asio::any_io_executor WorkerPool::executor() { return state_->context.get_executor(); }

}  // namespace fragua
