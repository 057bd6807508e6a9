#include "runtime/child_lines.h"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>

using namespace fragua;

namespace {

struct Heard {
  std::vector<std::string> lines;
  ChildEnd end;
};

Task<Heard> listen(ChildLines& child, std::string said) {
  co_await child.say(std::move(said));
  Heard heard;
  while (auto line = co_await child.next()) heard.lines.push_back(std::move(*line));
  heard.end = co_await child.end();
  co_return heard;
}

Heard hear(const std::string& script, std::chrono::seconds silence_max = std::chrono::seconds(30)) {
  asio::io_context loop;
  ChildLines child(loop.get_executor(), {"/bin/sh", "-c", script}, silence_max);
  Heard result;
  asio::co_spawn(loop, listen(child, "hello\n"), [&](std::exception_ptr failed, Heard heard) {
    CHECK(!failed);
    result = std::move(heard);
  });
  loop.run();
  return result;
}

}  // namespace

TEST_CASE("child lines: a child hears its line and answers with whole lines") {
  const auto heard = hear("read word <&3; echo \"$word there\" >&3; printf 'a\\nb\\nno end' >&3; exit 3");
  CHECK(heard.lines == std::vector<std::string>{"hello there\n", "a\n", "b\n"});
  CHECK(!heard.end.was_silent);
}

TEST_CASE("child lines: a child that says nothing is killed after its time") {
  const auto heard = hear("echo one >&3; exec sleep 600", std::chrono::seconds(1));
  CHECK(heard.lines == std::vector<std::string>{"one\n"});
  CHECK(heard.end.was_silent);
  CHECK(heard.end.exit.signalled);
}
