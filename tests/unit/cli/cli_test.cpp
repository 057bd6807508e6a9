#include "cli/cli.h"

#include <doctest/doctest.h>

using namespace fragua::cli;

namespace {

struct Calls {
  ServeOptions serve;
  ConfigOptions config;
  int count = 0;
};

int run(Calls& calls, std::vector<std::string> words) {
  words.insert(words.begin(), "fragua");
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  ServerCommands commands;
  commands.serve = [&calls](const ServeOptions& options) { return calls.serve = options, ++calls.count, 7; };
  commands.config = [&calls](const ConfigOptions& options) { return calls.config = options, ++calls.count, 8; };
  commands.openapi = [&calls] { return ++calls.count, 9; };
  return fragua::cli::main(int(pointers.size()), pointers.data(), commands, Environment());
}

}  // namespace

TEST_CASE("command line: serve, config and openapi get their options, and their status is the program's") {
  Calls calls;
  CHECK(run(calls, {"serve", "--listen", "127.0.0.1:1", "--listen", "127.0.0.1:2", "--models", "m", "--log-format",
                    "text", "--log-level", "warn", "--config", "c.toml", "--set", "a=1", "--set", "b=2"}) == 7);
  CHECK(calls.serve.listen == std::vector<std::string>{"127.0.0.1:1", "127.0.0.1:2"});
  CHECK(calls.serve.models_folder == "m");
  CHECK(calls.serve.log_format == "text");
  CHECK(calls.serve.log_level == "warn");
  CHECK(calls.serve.config_file == "c.toml");
  CHECK(calls.serve.overrides == std::vector<std::string>{"a=1", "b=2"});
  CHECK(run(calls, {"config", "--explain", "--json", "--set", "x=y"}) == 8);
  CHECK(calls.config.explain);
  CHECK(calls.config.as_json);
  CHECK(calls.config.overrides == std::vector<std::string>{"x=y"});
  CHECK(run(calls, {"openapi"}) == 9);
  CHECK(calls.count == 3);
}
