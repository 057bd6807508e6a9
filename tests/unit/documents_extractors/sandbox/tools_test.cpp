#include "documents/extractors/sandbox/tools.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/temporary_folder.h"

using namespace fragua::documents::extractors;

namespace {

const Variables kVariables{{"PATH", "/usr/bin:/bin"}, {"SECRET", "x"}};

ToolCall call(std::vector<std::string> argv, std::string* output = nullptr) {
  ToolCall made{std::move(argv), "a-package"};
  made.time = std::chrono::seconds(20);
  if (output) made.on_output = [output](std::string_view bytes) { *output += bytes; };
  return made;
}

}  // namespace

TEST_CASE("tools: output, errors and status; a small environment and the scratch folder") {
  const fragua::tests::TemporaryFolder folder;
  const Tools tools(folder.path(), kVariables);
  std::string output;
  const auto result = tools.run(call({"sh", "-c", "pwd; echo \"$SECRET$HOME\"; echo bad >&2; exit 3"}, &output));
  CHECK(output == folder.path().string() + "\n" + folder.path().string() + "\n");
  CHECK(result.errors == "bad\n");
  CHECK(result.status == 3);
  CHECK_FALSE(result.timed_out);
}

TEST_CASE("tools: what is said to a program is its standard input, and too much is refused")  {
  const fragua::tests::TemporaryFolder folder;
  const Tools tools(folder.path(), kVariables);
  std::string output;
  auto reading = call({"cat"}, &output);
  reading.input = "a secret\n";
  CHECK(tools.run(reading).status == 0);
  CHECK(output == "a secret\n");
  reading.input = "";
  CHECK(tools.run(reading).status == 0);
  CHECK(output == "a secret\n");
  reading.input = std::string(kInputMaxBytes + 1, 'x');
  CHECK_THROWS_AS(tools.run(reading), fragua::Error);
}

TEST_CASE("tools: a program that hangs is killed in time, also when it has closed its output") {
  const fragua::tests::TemporaryFolder folder;
  const Tools tools(folder.path(), kVariables);
  for (const auto* script : {"sleep 60", "exec >&- 2>&-; sleep 60", "sleep 60 & sleep 60"}) {
    auto hanging = call({"sh", "-c", script});
    hanging.time = std::chrono::seconds(1);
    const auto begun = std::chrono::steady_clock::now();
    CHECK(tools.run(hanging).timed_out);
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(10));
  }
}

TEST_CASE("tools: too much memory ends a program, not us") {
  const fragua::tests::TemporaryFolder folder;
  auto hungry = call({"python3", "-c", "x = bytearray(1 << 30)"});
  hungry.memory_bytes = 256 << 20;
  CHECK(Tools(folder.path(), kVariables).run(hungry).status != 0);
}

TEST_CASE("tools: several run at the same time, each with its own output") {
  const fragua::tests::TemporaryFolder folder;
  std::string one, two;
  const auto results = Tools(folder.path(), kVariables).run_together({call({"echo", "1"}, &one), call({"echo", "2"}, &two)});
  CHECK(results.size() == 2);
  CHECK(one == "1\n");
  CHECK(two == "2\n");
}

TEST_CASE("tools: one that is missing says what to install") {
  const fragua::tests::TemporaryFolder folder;
  const Tools tools(folder.path(), kVariables);
  CHECK_THROWS_WITH_AS(tools.run(call({"no-such-program"})), doctest::Contains("apt-get install a-package"), Failure);
  CHECK(tools.find("sh").ends_with("/sh"));
  CHECK(tools.find("no-such-program") == "");
}

TEST_CASE("tools: a listener that throws ends the program first") {
  const fragua::tests::TemporaryFolder folder;
  auto endless = call({"yes"});
  endless.on_output = [](std::string_view) { throw Failure(FailureCode::too_large, "enough"); };
  CHECK_THROWS_AS(Tools(folder.path(), kVariables).run(endless), Failure);
}
