// ChildLines: a child of ours that is told one line and answers with lines on descriptor 3. Callers: documents/child_extractor,
// catalogue/reading. Threads: the loop's only. A child that says nothing for too long is killed; dropping this kills it too.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <chrono>

#include "runtime/child.h"

namespace fragua {

struct ChildEnd {
  bool was_silent = false;                // it was killed for that
  ChildExit exit;
};

class ChildLines {
 public:
  // Error(unavailable): it cannot be started.
  ChildLines(asio::any_io_executor executor, std::vector<std::string> argv, std::chrono::seconds silence_max, ChildLimits limits = {})
      : child_(executor, std::move(argv), limits), silence_(executor), silence_max_(silence_max) {}

  // A child that is gone hears nothing; next() then says so.
  Task<> say(std::string line);
  // With its newline. Nothing when the child has ended, was silent for too long, or said a line without an end.
  Task<std::optional<std::string>> next();
  // After that: why.
  Task<ChildEnd> end();

 private:
  Child child_;
  asio::steady_timer silence_;
  std::chrono::seconds silence_max_;
  std::string buffer_;
  bool was_silent_ = false;
};

}  // namespace fragua
