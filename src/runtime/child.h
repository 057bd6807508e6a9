// Child: a process of ours with one inherited socketpair (descriptor 3), ended when its Child or its parent ends.
// Callers: inference/ (fragua engine), documents/ (fragua extract). Threads: the loop's only, which must be the thread
// that outlives all children (the kernel ends a child with the thread that started it).
// argv only, never a shell. No descriptor but 0-3 is inherited (0: /dev/null, 1: the same as 2). Never leaves a zombie.
#pragma once
#include <boost/asio/local/stream_protocol.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/task.h"

namespace fragua {

struct ChildLimits {
  std::uint64_t memory_bytes = 0;  // 0: none (RLIMIT_AS)
  std::uint64_t cpu_seconds = 0;   // 0: none
  bool inherit_stderr = true;      // else /dev/null
};

struct ChildExit {
  bool signalled = false;
  int status = 0;  // exit status or signal number
};

class Child {
 public:
  // argv[0] is a path, or a name to find in PATH. Error(unavailable) when the program cannot be started.
  // It runs in a process group of its own: a Ctrl-C in the terminal reaches only us, and its own children end with it.
  Child(asio::any_io_executor executor, std::vector<std::string> argv, ChildLimits limits = {});
  // SIGKILL at once, and reaps: blocks until the kernel has freed its memory. Where that is much, kill() and wait()
  // first.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  asio::local::stream_protocol::socket& socket() { return socket_; }
  int pid() const { return pid_; }
  void terminate();  // SIGTERM
  void kill();       // SIGKILL
  // Waits for its end (pidfd, no polling) and reaps it; later calls give the same answer. The Child must outlive the
  // wait.
  Task<ChildExit> wait();
  bool ended() const { return exit_.has_value(); }  // seen by wait()
  std::uint64_t resident_bytes() const;             // RSS from /proc, 0 if it ended

 private:
  void signal_group(int number);
  bool reap(bool block);

  asio::local::stream_protocol::socket socket_;
  int pid_ = -1;
  int pidfd_ = -1;
  std::optional<ChildExit> exit_;
};

}  // namespace fragua
