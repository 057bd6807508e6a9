// Tools: runs the programs that read what we do not (pdftotext, tesseract, soffice…), by argv, each with a deadline, a limit on its memory and
// a small environment of its own. Callers: pdf/, ocr/, office/legacy. Threads: one; blocks until the program has ended.
// A program stays in our process group and ends with us; one that is too slow is killed. Never a shell.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

using Variables = std::map<std::string, std::string, std::less<>>;

constexpr std::size_t kInputMaxBytes = 4096;  // what any pipe takes without waiting for its reader

struct ToolCall {
  std::vector<std::string> argv;  // argv[0] is a name to find in PATH
  std::string package;            // what to install where it is missing
  std::chrono::seconds time{60};
  std::uint64_t memory_bytes = 2ull << 30;                  // address space
  std::string input = "";                                   // what it reads from its standard input; at most kInputMaxBytes
  std::function<void(std::string_view)> on_output = nullptr;  // what it prints, as it comes; may throw, which kills it
};

struct ToolResult {
  int status = 0;  // exit status; 128 + signal
  bool timed_out = false;
  std::string errors;  // the beginning of what it wrote to its standard error
};

class Tools {
 public:
  // variables: what of the process's environment the tools may see, and where PATH comes from.
  Tools(fs::path scratch, const Variables& variables);
  // Failure(tool_missing) names the package.
  ToolResult run(const ToolCall& call) const;
  // All at the same time.
  std::vector<ToolResult> run_together(const std::vector<ToolCall>& calls) const;
  // The program's path, "" where it is not installed.
  std::string find(const std::string& name) const;
  const fs::path& scratch() const { return scratch_; }

 private:
  fs::path scratch_;
  std::vector<std::string> folders_;      // of PATH
  std::vector<std::string> environment_;  // NAME=VALUE
};

}  // namespace fragua::documents::extractors
