#include "cli/completion.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/files.h"

using namespace fragua::cli;

TEST_CASE("completion: the script of every shell knows every command, alias and option") {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const auto script = completion_script(shell, command_table());
    for (const auto& command : command_table()) {
      CHECK_MESSAGE(script.find(command.name) != std::string::npos, shell, " ", command.name);
      for (const auto& alias : command.aliases)
        CHECK_MESSAGE(script.find(alias) != std::string::npos, shell, " ", alias);
      for (const auto& option : command.options) {
        const auto written = (shell == "fish" ? "-l " : "--") + option.name;
        CHECK_MESSAGE(script.find(written) != std::string::npos, shell, " ", command.name, " ", option.name);
      }
    }
    for (const auto* placeholder : {"@COMMANDS@", "@CASES@"}) CHECK(script.find(placeholder) == std::string::npos);
  }
}

TEST_CASE("completion: an unknown shell is an error that names the known ones") {
  CHECK_THROWS_WITH_AS(completion_script("tcsh", command_table()),
                       "there is no completion for \"tcsh\"; write bash, zsh or fish", fragua::Error);
}

TEST_CASE("completion: the packaged scripts are the generated ones") {
  const fragua::fs::path folder = fragua::fs::path(FRAGUA_SOURCE_DIR) / "packaging/completions";
  for (const auto& [shell, file] :
       {std::pair("bash", "fragua.bash"), std::pair("zsh", "_fragua"), std::pair("fish", "fragua.fish")}) {
    const bool same = fragua::read_file(folder / file) == completion_script(shell, command_table());
    CHECK_MESSAGE(same, "write it again: fragua completion ", std::string(shell), " > packaging/completions/",
                  std::string(file));
  }
}
