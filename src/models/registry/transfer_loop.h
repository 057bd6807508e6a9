// TransferLoop: the one thread on which models are pulled and pushed, so that writing gigabytes to a slow disk holds up
// other transfers and nothing else. Callers: registry. Threads: made and destroyed on the main loop's.
// Destroyed: what runs is dropped where it waits; partial downloads keep their state.
#pragma once
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

#include "runtime/task.h"

namespace fragua::models {

class TransferLoop {
 public:
  TransferLoop();
  ~TransferLoop();
  TransferLoop(const TransferLoop&) = delete;
  TransferLoop& operator=(const TransferLoop&) = delete;

  asio::any_io_executor executor() { return context_.get_executor(); }

 private:
  asio::io_context context_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{context_.get_executor()};
  std::thread thread_;
};

}  // namespace fragua::models
