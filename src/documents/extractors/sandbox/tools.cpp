#include "documents/extractors/sandbox/tools.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "base/strings.h"
#include "documents/extractors/sandbox/running_tool.h"

namespace fragua::documents::extractors {

namespace {

using Clock = std::chrono::steady_clock;
using Running = std::vector<std::unique_ptr<RunningTool>>;

constexpr const char* kPassedOn[] = {"TESSDATA_PREFIX", "LD_LIBRARY_PATH", "FONTCONFIG_FILE"};

// Reads what they print until all have closed their output. A killed one may have left children that hold the pipe: nobody waits for those.
void read_all(Running& running) {
  while (true) {
    std::vector<pollfd> waiting;
    std::vector<std::pair<RunningTool*, bool>> owners;
    auto next = Clock::time_point::max();
    const auto now = Clock::now();
    for (auto& tool : running) {
      tool->kill_if_late(now);
      if (now > tool->deadline() + std::chrono::seconds(1)) continue;
      for (const bool errors : {false, true}) {
        const int descriptor = errors ? tool->errors() : tool->output();
        if (descriptor < 0) continue;
        waiting.push_back({descriptor, POLLIN, 0});
        owners.emplace_back(tool.get(), errors);
      }
      if (tool->has_output()) next = std::min(next, std::max(tool->deadline(), now + std::chrono::milliseconds(100)));
    }
    if (waiting.empty()) return;
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(next - now).count();
    if (::poll(waiting.data(), waiting.size(), int(std::clamp<long>(left + 1, 1, 60'000))) <= 0) continue;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if (waiting[i].revents == 0) continue;
      if (owners[i].second) {
        owners[i].first->read_errors();
      } else {
        owners[i].first->read_output();
      }
    }
  }
}

}  // namespace

Tools::Tools(fs::path scratch, const Variables& variables) : scratch_(std::move(scratch)) {
  const auto path = variables.find("PATH");
  const auto text = path == variables.end() ? std::string("/usr/bin:/bin") : path->second;
  folders_ = split(text, ':');
  environment_ = {"PATH=" + text, "HOME=" + scratch_.string(), "TMPDIR=" + scratch_.string(), "XDG_CACHE_HOME=" + scratch_.string(),
                  "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "OMP_THREAD_LIMIT=1", "SAL_USE_VCLPLUGIN=svp"};
  for (const auto* name : kPassedOn)
    if (const auto found = variables.find(name); found != variables.end()) environment_.push_back(std::string(name) + "=" + found->second);
}

std::string Tools::find(const std::string& name) const {
  if (name.find('/') != std::string::npos) return ::access(name.c_str(), X_OK) == 0 ? name : "";
  for (const auto& folder : folders_) {
    const auto path = folder + "/" + name;
    if (folder.starts_with('/') && ::access(path.c_str(), X_OK) == 0) return path;
  }
  return "";
}

ToolResult Tools::run(const ToolCall& call) const { return run_together({call}).front(); }

std::vector<ToolResult> Tools::run_together(const std::vector<ToolCall>& calls) const {
  Running running;
  for (const auto& call : calls) {
    const auto program = find(call.argv.at(0));
    if (program.empty())
      throw Failure(FailureCode::tool_missing, "reading this needs the program " + call.argv[0] + ", which is not installed (Debian: apt-get install " + call.package + ")");
    running.push_back(std::make_unique<RunningTool>(call, program, environment_, scratch_));
  }
  read_all(running);
  std::vector<ToolResult> results;
  for (auto& tool : running) {
    tool->kill_if_late(Clock::now());
    results.push_back(tool->wait());
  }
  return results;
}

}  // namespace fragua::documents::extractors
