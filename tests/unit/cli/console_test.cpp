#include "cli/console.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/error.h"

using namespace fragua::cli;

namespace {

// Puts another descriptor in the place of one of the first three while it lives.
class Replaced {
 public:
  Replaced(int place, int by) : place_(place), saved_(::dup(place)) { ::dup2(by, place); }
  ~Replaced() {
    ::dup2(saved_, place_);
    ::close(saved_);
  }

 private:
  int place_;
  int saved_;
};

struct Pipe {
  int ends[2];
  Pipe() { REQUIRE(::pipe(ends) == 0); }
  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }
};

struct PseudoTerminal {
  int controller = ::posix_openpt(O_RDWR | O_NOCTTY);
  int terminal = -1;
  PseudoTerminal() {
    REQUIRE(::grantpt(controller) == 0);
    REQUIRE(::unlockpt(controller) == 0);
    terminal = ::open(::ptsname(controller), O_RDWR | O_NOCTTY);
    const winsize size{24, 132, 0, 0};
    ::ioctl(terminal, TIOCSWINSZ, &size);
  }
  ~PseudoTerminal() {
    ::close(terminal);
    ::close(controller);
  }
};

}  // namespace

TEST_CASE("console: colours are for terminals, unless they are not wanted") {
  const PseudoTerminal terminal;
  const Pipe pipe;
  {
    const Replaced replaced(STDERR_FILENO, terminal.terminal);
    CHECK(Console(Environment()).styled_err(Style::red, "x") == "\x1b[31mx\x1b[0m");
    CHECK(Console({{{"NO_COLOR", "1"}}, {}, {}}).styled_err(Style::red, "x") == "x");
    CHECK(Console({{{"TERM", "dumb"}}, {}, {}}).styled_err(Style::red, "x") == "x");
    CHECK(Console(Environment()).error_is_terminal());
  }
  const Replaced replaced(STDERR_FILENO, pipe.ends[1]);
  CHECK(Console(Environment()).styled_err(Style::red, "x") == "x");
  CHECK_FALSE(Console(Environment()).error_is_terminal());
}

TEST_CASE("console: the width is the terminal's") {
  const PseudoTerminal terminal;
  const Replaced replaced(STDOUT_FILENO, terminal.terminal);
  CHECK(Console(Environment()).width() == 132);
}

TEST_CASE("console: the standard input is read to its end, within a limit") {
  Pipe pipe;
  REQUIRE(::write(pipe.ends[1], "abcdef", 6) == 6);
  ::close(pipe.ends[1]);
  pipe.ends[1] = ::dup(pipe.ends[0]);
  const Replaced replaced(STDIN_FILENO, pipe.ends[0]);
  CHECK(Console(Environment()).read_input(6) == "abcdef");
  CHECK(Console(Environment()).read_input(6).empty());
}

TEST_CASE("console: a standard input over the limit is an error") {
  const Pipe pipe;
  REQUIRE(::write(pipe.ends[1], "abcdef", 6) == 6);
  const Replaced replaced(STDIN_FILENO, pipe.ends[0]);
  CHECK_THROWS_AS(Console(Environment()).read_input(5), fragua::Error);
}
