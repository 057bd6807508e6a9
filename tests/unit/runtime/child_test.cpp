#include "runtime/child.h"

#include <doctest/doctest.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>
#include <fstream>
#include <optional>

#include "base/error.h"

using namespace fragua;

namespace {

// Runs a coroutine to its end and hands out what it returned or threw.
template <class T>
T finish(asio::io_context& loop, Task<T> task) {
  std::exception_ptr failed;
  std::optional<T> result;
  asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error, T value) {
    failed = error;
    result = std::move(value);
  });
  loop.restart();
  loop.run();
  if (failed) std::rethrow_exception(failed);
  return *result;
}

Task<std::string> read_all(asio::local::stream_protocol::socket& socket) {
  std::string text;
  boost::system::error_code end;
  co_await asio::async_read(socket, asio::dynamic_buffer(text), asio::redirect_error(asio::use_awaitable, end));
  co_return text;
}

Task<std::string> echo(Child& child, std::string text) {
  co_await asio::async_write(child.socket(), asio::buffer(text), asio::use_awaitable);
  child.socket().shutdown(asio::socket_base::shutdown_send);
  co_return co_await read_all(child.socket());
}

// The shell here is the program under test's stand-in; the child itself is started without one.
std::vector<std::string> script(std::string text) { return {"/bin/sh", "-c", std::move(text)}; }

bool exists(int pid) { return ::kill(pid, 0) == 0; }

}  // namespace

TEST_CASE("child: talks over descriptor 3 and reports its exit status") {
  asio::io_context loop;
  Child child(loop.get_executor(), script("cat <&3 >&3; exit 7"));
  CHECK(finish(loop, echo(child, "hello")) == "hello");
  const auto end = finish(loop, child.wait());
  CHECK_FALSE(end.signalled);
  CHECK(end.status == 7);
  CHECK(child.ended());
  CHECK(finish(loop, child.wait()).status == 7);
}

TEST_CASE("child: inherits no descriptor but 0 to 3") {
  asio::io_context loop;
  std::ifstream kept_open(FRAGUA_SOURCE_DIR "/CMakeLists.txt");
  Child child(loop.get_executor(),
              script("exec >&3; for n in $(seq 0 99); do test -e /proc/$$/fd/$n && echo $n; done; true"));
  CHECK(finish(loop, read_all(child.socket())) == "0\n1\n2\n3\n");
}

TEST_CASE("child: the program's arguments are never read by a shell") {
  asio::io_context loop;
  Child child(loop.get_executor(), {"/bin/sh", "-c", "printf '%s' \"$1\" >&3", "sh", "$(id); a b"});
  CHECK(finish(loop, read_all(child.socket())) == "$(id); a b");
}

TEST_CASE("child: a program that cannot be started is an error that names it without its folder") {
  asio::io_context loop;
  try {
    Child child(loop.get_executor(), {"/no/such/folder/engine"});
    FAIL("it started");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::unavailable);
    CHECK(std::string(error.what()) == "cannot start engine: No such file or directory");
  }
}

TEST_CASE("child: signals end it and wait tells which") {
  asio::io_context loop;
  for (bool kindly : {true, false}) {
    Child child(loop.get_executor(), {"sleep", "600"});
    CHECK(child.resident_bytes() > 0);
    kindly ? child.terminate() : child.kill();
    const auto end = finish(loop, child.wait());
    CHECK(end.signalled);
    CHECK(end.status == (kindly ? SIGTERM : SIGKILL));
    CHECK(child.resident_bytes() == 0);
  }
}

TEST_CASE("child: its own children end with it, and no zombie stays") {
  asio::io_context loop;
  int pid = 0;
  pollfd ending{-1, POLLIN, 0};
  {
    Child child(loop.get_executor(), script("trap '' TERM; sleep 600 3>&- & echo $! >&3; exec 3>&-; wait"));
    const int grandchild = std::stoi(finish(loop, read_all(child.socket())));
    ending.fd = int(::syscall(SYS_pidfd_open, grandchild, 0));
    pid = child.pid();
    CHECK(exists(pid));
    CHECK(::poll(&ending, 1, 0) == 0);
  }
  CHECK_FALSE(exists(pid));
  CHECK(::poll(&ending, 1, 10'000) == 1);
  ::close(ending.fd);
}

TEST_CASE("child: limits reach the program") {
  asio::io_context loop;
  Child child(loop.get_executor(), script("ulimit -v >&3; ulimit -t >&3"), {1ull << 30, 17, false});
  CHECK(finish(loop, read_all(child.socket())) == "1048576\n17\n");
}

TEST_CASE("child: signals that we ignore or hold back are as usual in the program") {
  asio::io_context loop;
  const auto before = ::signal(SIGPIPE, SIG_IGN);
  Child child(loop.get_executor(), script("grep -E 'SigBlk|SigIgn' /proc/self/status >&3"));
  ::signal(SIGPIPE, before);
  CHECK(finish(loop, read_all(child.socket())) == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}
