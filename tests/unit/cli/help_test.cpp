#include "cli/help.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/strings.h"

using namespace fragua::cli;

TEST_CASE("help: the overview lists every command with its summary") {
  const auto text = help_overview(command_table());
  for (const auto& command : command_table()) {
    CHECK(text.find("  " + command.name) != std::string::npos);
    CHECK(text.find(command.summary) != std::string::npos);
  }
  CHECK(text.find("list, ls") != std::string::npos);
}

TEST_CASE("help: a command's help names all its options and fits the terminal") {
  for (const auto& command : command_table()) {
    const auto text = help_for(command, 80);
    for (const auto& option : command.options) CHECK(text.find(option_heading(option)) != std::string::npos);
    const auto options = text.substr(text.find("\nOptions:"), text.find("\nExamples:") - text.find("\nOptions:"));
    for (const auto& line : fragua::split(options, '\n')) CHECK_MESSAGE(line.size() <= 80, line);
  }
}

TEST_CASE("help: usage shows what is optional and what may be repeated") {
  const auto commands = command_table();
  const auto usage = [&](const char* name) {
    return usage_line(*std::ranges::find(commands, name, &CommandSpec::name));
  };
  CHECK(usage("run") == "fragua run [OPTIONS] MODEL [PROMPT...]");
  CHECK(usage("rm") == "fragua rm [OPTIONS] MODEL...");
  CHECK(usage("completion") == "fragua completion SHELL");
}
