#include "runtime/run_program.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua;

namespace {

std::vector<std::string> script(std::string text) { return {"sh", "-c", std::move(text)}; }

}  // namespace

TEST_CASE("run_program: hands over what is printed line by line, and the exit status") {
  std::vector<std::string> lines;
  const auto listen = [&lines](const std::string& line) { lines.push_back(line); };
  CHECK(run_program(script("echo one; printf 'two\\n\\nthree\\nunfinished'; exit 3"), listen) == 3);
  REQUIRE(lines.size() >= 4);
  CHECK(std::vector(lines.begin(), lines.begin() + 4) == std::vector<std::string>{"one", "two", "", "three"});
}

TEST_CASE("run_program: a signal is told as 128 and its number") {
  CHECK(run_program(script("kill -9 $$"), [](const std::string&) {}) == 137);
}

TEST_CASE("run_program: a listener that throws ends the program") {
  const auto refuse = [](const std::string&) { throw Error(ErrorCode::cancelled, "enough"); };
  CHECK_THROWS_WITH_AS(run_program(script("echo one; exec sleep 600"), refuse), "enough", Error);
}

TEST_CASE("run_program: what cannot be started is an error") {
  CHECK_THROWS_AS(run_program({"/no/such/program"}, [](const std::string&) {}), Error);
}
