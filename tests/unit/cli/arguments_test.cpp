#include "cli/arguments.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace fragua::cli;

namespace {

Arguments parsed(std::vector<const char*> words) {
  words.insert(words.begin(), "fragua");
  return parse_arguments(int(words.size()), words.data());
}

}  // namespace

TEST_CASE("arguments: run takes a model and the words of a prompt, with options anywhere") {
  const auto arguments = parsed({"run", "--verbose", "qwen", "why is", "--format", "json", "the sky", "blue?"});
  CHECK(arguments.command == "run");
  CHECK(arguments.text("MODEL") == "qwen");
  CHECK(arguments.list("PROMPT") == std::vector<std::string>{"why is", "the sky", "blue?"});
  CHECK(arguments.has("verbose"));
  CHECK(arguments.text("format") == "json");
  CHECK_FALSE(arguments.has("think"));
}

TEST_CASE("arguments: --think takes its value only behind an equals sign") {
  const auto alone = parsed({"run", "--think", "qwen", "hello"});
  CHECK(alone.text("think") == "true");
  CHECK(alone.text("MODEL") == "qwen");
  CHECK(parsed({"run", "qwen", "--think=high"}).text("think") == "high");
  CHECK(parsed({"run", "qwen", "--think=false"}).text("think") == "false");
}

TEST_CASE("arguments: repeatable options keep every value, others the last") {
  const auto serve = parsed({"serve", "--listen", "127.0.0.1:1", "--listen", "127.0.0.1:2", "--set", "a=b"});
  CHECK(serve.list("listen") == std::vector<std::string>{"127.0.0.1:1", "127.0.0.1:2"});
  CHECK(parsed({"list", "--host", "a", "--host", "b"}).text("host") == "b");
  CHECK(parsed({"run", "m", "-o", "a=1", "-o", "b=2", "hello"}).list("option") ==
        std::vector<std::string>{"a=1", "b=2"});
  CHECK(parsed({"run", "m", "-o", "a=1", "hello"}).list("PROMPT") == std::vector<std::string>{"hello"});
}

TEST_CASE("arguments: aliases and short options mean the same") {
  CHECK(parsed({"ls"}).command == "list");
  CHECK(parsed({"start"}).command == "serve");
  const auto create = parsed({"create", "x", "-f", "M", "-q", "q4_K_M"});
  CHECK(create.text("file") == "M");
  CHECK(create.text("quantize") == "q4_K_M");
}

TEST_CASE("arguments: a negative number is a value, and two dashes end the options") {
  CHECK(parsed({"run", "m", "--keepalive", "-1"}).text("keepalive") == "-1");
  CHECK(parsed({"run", "m", "--", "--verbose"}).list("PROMPT") == std::vector<std::string>{"--verbose"});
}

TEST_CASE("arguments: help is heard even when the rest is wrong") {
  CHECK(parsed({"run", "--help"}).wants_help);
  CHECK(parsed({"run", "--help"}).command == "run");
  CHECK(parsed({"-h"}).wants_help);
  CHECK(parsed({"--version"}).wants_version);
  CHECK(parsed({}).command.empty());
}

TEST_CASE("arguments: wrong usage says what is wrong and which help to read") {
  struct Case {
    std::vector<const char*> words;
    const char* says;
    const char* help;
  };
  const Case cases[] = {{{"run"}, "MODEL", "`fragua run --help`"},
                        {{"cp", "a"}, "DESTINATION", "`fragua cp --help`"},
                        {{"list", "--frobnicate"}, "--frobnicate", "`fragua list --help`"},
                        {{"stop", "a", "b"}, "b", "`fragua stop --help`"},
                        {{"frobnicate"}, "frobnicate", "`fragua --help`"}};
  for (const auto& [words, says, help] : cases) {
    try {
      parsed(words);
      FAIL("accepted: ", words.front());
    } catch (const fragua::Error& error) {
      CHECK(error.code() == fragua::ErrorCode::invalid_argument);
      CHECK_MESSAGE(std::string(error.what()).find(says) != std::string::npos, error.what());
      CHECK_MESSAGE(std::string(error.what()).find(help) != std::string::npos, error.what());
    }
  }
}

TEST_CASE("arguments: numbers are checked where they are used") {
  CHECK(parsed({"bench", "m", "-n", "7"}).number("runs", 1) == 7);
  CHECK_FALSE(parsed({"bench", "m"}).number("runs", 1).has_value());
  for (const auto* wrong : {"0", "-3", "x", "1.5", "9999999999"})
    CHECK_THROWS_AS(parsed({"bench", "m", "--runs", wrong}).number("runs", 1), fragua::Error);
}
