// RunningTool: one child process with its output on pipes. Callers: sandbox/tools. Threads: one. Its end kills and reaps the process.
// Between fork and exec nothing allocates.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

class RunningTool {
 public:
  RunningTool(const ToolCall& call, const std::string& program, const std::vector<std::string>& environment, const fs::path& folder);
  ~RunningTool();
  RunningTool(const RunningTool&) = delete;
  RunningTool& operator=(const RunningTool&) = delete;

  int output() const { return output_; }  // -1 once it is closed
  int errors() const { return errors_; }
  bool has_output() const { return output_ >= 0 || errors_ >= 0; }
  void read_output();
  void read_errors();
  void kill_if_late(std::chrono::steady_clock::time_point now);
  std::chrono::steady_clock::time_point deadline() const { return deadline_; }
  ToolResult wait();

 private:
  void reap();
  const ToolCall& call_;
  std::chrono::steady_clock::time_point deadline_;
  pid_t pid_ = -1;
  int output_ = -1;
  int errors_ = -1;
  ToolResult result_;
};

}  // namespace fragua::documents::extractors
