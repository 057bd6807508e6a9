#include "cli/command_table.h"

#include <doctest/doctest.h>

#include <set>

using namespace fragua::cli;

TEST_CASE("command table: every name means one thing") {
  std::set<std::string> names;
  for (const auto& command : command_table()) {
    CHECK_MESSAGE(names.insert(command.name).second, command.name);
    for (const auto& alias : command.aliases) CHECK_MESSAGE(names.insert(alias).second, alias);
    std::set<std::string> options{"help", "h"};
    for (const auto& option : command.options) {
      CHECK_MESSAGE(options.insert(option.name).second, command.name, " --", option.name);
      if (option.short_name != 0)
        CHECK_MESSAGE(options.insert(std::string(1, option.short_name)).second, command.name, " -", option.short_name);
    }
  }
}

TEST_CASE("command table: the verbs of the guide are there") {
  std::set<std::string> names;
  for (const auto& command : command_table()) names.insert(command.name);
  for (const auto* verb : {"serve", "run", "create", "pull", "push", "list", "ps", "show", "cp", "rm", "stop", "embed",
                           "config", "openapi", "bench", "completion", "man"})
    CHECK_MESSAGE(names.contains(verb), std::string(verb));
}

TEST_CASE("command table: arguments can be told apart by their place") {
  for (const auto& command : command_table()) {
    bool optional = false;
    for (std::size_t i = 0; i < command.arguments.size(); ++i) {
      const auto& argument = command.arguments[i];
      CHECK_MESSAGE((!argument.repeated || i + 1 == command.arguments.size()), command.name);
      CHECK_MESSAGE((!optional || !argument.required), command.name);
      optional = optional || !argument.required;
    }
  }
}

TEST_CASE("command table: help is written in the same way everywhere") {
  for (const auto& command : command_table()) {
    CHECK_MESSAGE((!command.summary.empty() && !command.summary.ends_with('.')), command.name);
    CHECK_MESSAGE((command.description.empty() || command.description.ends_with('.')), command.name);
    for (const auto& option : command.options) {
      CHECK_MESSAGE((!option.about.empty() && !option.about.ends_with('.')), command.name, " --", option.name);
      CHECK_MESSAGE((option.values == Values::choices) == !option.choices.empty(), command.name, " --", option.name);
    }
  }
}
