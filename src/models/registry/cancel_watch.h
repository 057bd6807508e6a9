// CancelWatch: carries a cancel from the loop that awaits a transfer over to the transfer loop's own flag.
// Callers: puller, pusher: one per transfer, for as long as it runs. Threads: made and used on the transfer loop.
#pragma once
#include <chrono>
#include <memory>

#include "models/registry/transfer_progress.h"
#include "runtime/task.h"

namespace fragua::models {

class CancelWatch {
 public:
  CancelWatch(asio::any_io_executor executor, Cancellation cancelled, std::chrono::milliseconds tick);
  ~CancelWatch();
  CancelWatch(const CancelWatch&) = delete;
  CancelWatch& operator=(const CancelWatch&) = delete;

  const std::shared_ptr<bool>& flag() const { return flag_; }

 private:
  std::shared_ptr<bool> flag_ = std::make_shared<bool>(false);
  std::shared_ptr<bool> ended_ = std::make_shared<bool>(false);
};

// A sink that calls `sink` on `executor`, in order, while its owner there still has it: it never ends on another
// thread.
ProgressSink posted_to(asio::any_io_executor executor, std::weak_ptr<ProgressSink> sink);

}  // namespace fragua::models
