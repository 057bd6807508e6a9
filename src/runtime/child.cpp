#include "runtime/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/error.h"

namespace fragua {

namespace {

constexpr int kChannel = 3;
constexpr int kReport = 4;      // how the child tells that exec failed; closed by exec itself
constexpr int kFirstFree = 10;  // descriptors from here on never collide with 0-4 while they are put in place

// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

[[noreturn]] void fail_to_start(const std::string& program, int error_number) {
  const auto name = program.substr(program.rfind('/') + 1);
  throw Error(ErrorCode::unavailable, "cannot start " + name + ": " + std::strerror(error_number));
}

// The same descriptor out of the way of 0-4.
Descriptor moved_up(Descriptor from) { return Descriptor(::fcntl(from.get(), F_DUPFD_CLOEXEC, kFirstFree)); }

// All that the child does between fork and exec is prepared here: after fork nothing may allocate or lock.
struct Launch {
  std::vector<char*> argv;
  ChildLimits limits;
  pid_t parent = 0;
  Descriptor channel, report, null;
};

void set_limit(int resource, std::uint64_t value) {
  if (value == 0) return;
  const rlimit limit{value, value};
  ::setrlimit(__rlimit_resource_t(resource), &limit);
}

void close_from(int first) {
  if (::syscall(SYS_close_range, unsigned(first), ~0U, 0U) == 0) return;
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  for (rlim_t number = rlim_t(first); number < files.rlim_cur && number < 65536; ++number) ::close(int(number));
}

[[noreturn]] void become(const Launch& launch) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != launch.parent) ::_exit(127);  // the parent ended before prctl
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);

  const int output = launch.limits.inherit_stderr ? STDERR_FILENO : launch.null.get();
  ::dup2(launch.null.get(), STDIN_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  ::dup2(launch.channel.get(), kChannel);
  ::dup3(launch.report.get(), kReport, O_CLOEXEC);
  close_from(kReport + 1);
  set_limit(RLIMIT_AS, launch.limits.memory_bytes);
  set_limit(RLIMIT_CPU, launch.limits.cpu_seconds);

  ::execvp(launch.argv[0], launch.argv.data());
  const int error_number = errno;
  [[maybe_unused]] const auto written = ::write(kReport, &error_number, sizeof error_number);
  ::_exit(127);
}

// fork with all signals held back, so that no handler of ours runs in the child.
pid_t launch_process(const Launch& launch) {
  sigset_t all, before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t pid = ::fork();
  if (pid == 0) become(launch);
  const int error_number = errno;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = error_number;
  return pid;
}

// What the child wrote before it gave up; 0 when exec worked and closed the pipe.
int reported_error(int report) {
  int error_number = 0;
  ssize_t count = 0;
  do {
    count = ::read(report, &error_number, sizeof error_number);
  } while (count < 0 && errno == EINTR);
  return count == ssize_t(sizeof error_number) ? error_number : 0;
}

}  // namespace

Child::Child(asio::any_io_executor executor, std::vector<std::string> argv, ChildLimits limits) : socket_(executor) {
  CHECK_THAT(!argv.empty());
  int channel[2], report[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, channel) != 0) fail_to_start(argv[0], errno);
  Descriptor ours(channel[0]), theirs(channel[1]);
  if (::pipe2(report, O_CLOEXEC) != 0) fail_to_start(argv[0], errno);
  Descriptor read_end(report[0]), write_end(report[1]);

  Launch launch;
  for (auto& argument : argv) launch.argv.push_back(argument.data());
  launch.argv.push_back(nullptr);
  launch.limits = limits;
  launch.parent = ::getpid();
  launch.channel = moved_up(std::move(theirs));
  launch.report = moved_up(std::move(write_end));
  launch.null = moved_up(Descriptor(::open("/dev/null", O_RDWR | O_CLOEXEC)));
  if (launch.channel.get() < 0 || launch.report.get() < 0 || launch.null.get() < 0) fail_to_start(argv[0], errno);

  pid_ = launch_process(launch);
  if (pid_ < 0) fail_to_start(argv[0], errno);
  launch.report = Descriptor();
  launch.channel = Descriptor();
  int error_number = reported_error(read_end.get());
  if (error_number == 0) {
    pidfd_ = int(::syscall(SYS_pidfd_open, pid_, 0));
    if (pidfd_ < 0) error_number = errno;
  }
  if (error_number != 0) {
    ::kill(pid_, SIGKILL);
    reap(true);
    fail_to_start(argv[0], error_number);
  }
  socket_.assign(asio::local::stream_protocol(), ours.release());
}

Child::~Child() {
  kill();
  reap(true);
  if (pidfd_ >= 0) ::close(pidfd_);
}

void Child::signal_group(int number) {
  if (!exit_) ::kill(-pid_, number);
}
void Child::terminate() { signal_group(SIGTERM); }
void Child::kill() { signal_group(SIGKILL); }

bool Child::reap(bool block) {
  int status = 0;
  pid_t reaped = 0;
  while (!exit_) {
    reaped = ::waitpid(pid_, &status, block ? 0 : WNOHANG);
    if (reaped < 0 && errno == EINTR) continue;
    if (reaped == 0) return false;
    if (reaped < 0) {
      exit_ = ChildExit{};  // somebody else reaped it: nothing is known of its end
    } else {
      exit_ = WIFSIGNALED(status) ? ChildExit{true, WTERMSIG(status)} : ChildExit{false, WEXITSTATUS(status)};
    }
  }
  return true;
}

Task<ChildExit> Child::wait() {
  if (!exit_) {
    asio::posix::stream_descriptor ending(co_await asio::this_coro::executor, ::fcntl(pidfd_, F_DUPFD_CLOEXEC, 0));
    while (!reap(false)) {
      boost::system::error_code failed;
      co_await ending.async_wait(asio::posix::stream_descriptor::wait_read,
                                 asio::redirect_error(asio::use_awaitable, failed));
      if (failed) throw Error(ErrorCode::cancelled, "the wait for a child was given up");
    }
  }
  co_return *exit_;
}

std::uint64_t Child::resident_bytes() const {
  if (exit_) return 0;
  std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
  std::uint64_t total_pages = 0, resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * std::uint64_t(::sysconf(_SC_PAGESIZE));
}

}  // namespace fragua
