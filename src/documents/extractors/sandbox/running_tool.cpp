#include "documents/extractors/sandbox/running_tool.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <utility>

#include "base/error.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kErrorsMaxBytes = 16 << 10;
constexpr int kCannotStart = 127;

struct Launch {
  std::string program;
  std::vector<char*> argv;
  std::vector<char*> environment;
  std::string folder;
  rlimit memory{}, cpu{};
  pid_t parent = 0;
  int input = -1, output = -1, errors = -1;
};

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const auto& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

[[noreturn]] void become(const Launch& launch) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != launch.parent) ::_exit(kCannotStart);
  ::signal(SIGXCPU, SIG_DFL);
  ::signal(SIGPIPE, SIG_DFL);
  ::dup2(launch.input, STDIN_FILENO);
  ::dup2(launch.output, STDOUT_FILENO);
  ::dup2(launch.errors, STDERR_FILENO);
  ::close(3);  // the channel is ours
  ::setrlimit(RLIMIT_AS, &launch.memory);
  ::setrlimit(RLIMIT_CPU, &launch.cpu);
  if (::chdir(launch.folder.c_str()) != 0) ::_exit(kCannotStart);
  ::execve(launch.program.c_str(), launch.argv.data(), launch.environment.data());
  ::_exit(kCannotStart);
}

// Both ends close in any program that is started later.
struct Pipe {
  int read_end = -1, write_end = -1;
  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw Error(ErrorCode::unavailable, "no pipe could be made");
    read_end = ends[0];
    write_end = ends[1];
  }
  ~Pipe() {
    if (read_end >= 0) ::close(read_end);
    if (write_end >= 0) ::close(write_end);
  }
  int take_read_end() { return std::exchange(read_end, -1); }
  // All that is ever said, before there is a reader.
  void say(std::string_view text) {
    if (text.size() > kInputMaxBytes || ::write(write_end, text.data(), text.size()) != ssize_t(text.size()))
      throw Error(ErrorCode::too_large, "a helper program's input is too long");
    ::close(std::exchange(write_end, -1));
  }
};

// False at its end.
template <class Each>
bool read_some(int descriptor, Each each) {
  char buffer[64 << 10];
  const auto count = ::read(descriptor, buffer, sizeof buffer);
  if (count < 0 && errno == EINTR) return true;
  if (count <= 0) return false;
  each(std::string_view(buffer, std::size_t(count)));
  return true;
}

}  // namespace

RunningTool::RunningTool(const ToolCall& call, const std::string& program, const std::vector<std::string>& environment, const fs::path& folder)
    : call_(call), deadline_(std::chrono::steady_clock::now() + call.time) {
  Pipe input, output, errors;
  input.say(call.input);
  Launch launch{program, pointers(call.argv), pointers(environment), folder.string()};
  launch.memory = {call.memory_bytes, call.memory_bytes};
  const auto cpu = rlim_t(call.time.count()) * 4;  // some use several threads
  launch.cpu = {cpu, cpu};
  launch.parent = ::getpid();
  launch.input = input.read_end;
  launch.output = output.write_end;
  launch.errors = errors.write_end;
  pid_ = ::fork();
  if (pid_ == 0) become(launch);
  if (pid_ < 0) throw Error(ErrorCode::unavailable, "a helper program could not be started");
  output_ = output.take_read_end();
  errors_ = errors.take_read_end();
}

RunningTool::~RunningTool() {
  if (output_ >= 0) ::close(output_);
  if (errors_ >= 0) ::close(errors_);
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  reap();
}

void RunningTool::read_output() {
  const bool more = read_some(output_, [&](std::string_view bytes) {
    if (call_.on_output) call_.on_output(bytes);
  });
  if (!more) ::close(std::exchange(output_, -1));
}

void RunningTool::read_errors() {
  const bool more = read_some(errors_, [&](std::string_view bytes) { result_.errors += bytes.substr(0, kErrorsMaxBytes - std::min(kErrorsMaxBytes, result_.errors.size())); });
  if (!more) ::close(std::exchange(errors_, -1));
}

void RunningTool::kill_if_late(std::chrono::steady_clock::time_point now) {
  if (now < deadline_ || result_.timed_out) return;
  result_.timed_out = true;
  ::kill(pid_, SIGKILL);
}

void RunningTool::reap() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  result_.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// It may have closed its output and go on.
ToolResult RunningTool::wait() {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now()).count();
  pollfd ending{int(::syscall(SYS_pidfd_open, pid_, 0)), POLLIN, 0};
  if (ending.fd >= 0) {
    while (::poll(&ending, 1, int(std::max<long>(left, 0))) < 0 && errno == EINTR) {
    }
    ::close(ending.fd);
  }
  if (ending.revents == 0) kill_if_late(deadline_);
  reap();
  return result_;
}

}  // namespace fragua::documents::extractors
