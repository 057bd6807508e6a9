// Environment: what the command line takes from the process around it, handed in by app/main (house.md, rule 5).
// Callers: cli/ and app/main. Threads: any; a plain value.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace fragua::cli {

struct Environment {
  std::map<std::string, std::string, std::less<>> variables;
  std::filesystem::path program;      // this executable: what a background server is started from
  std::filesystem::path data_folder;  // the prompt's history and the background server's log; made when needed

  // The variable, or "" when it is not set.
  std::string variable(std::string_view name) const;
};

// From main's third argument (NAME=VALUE, ended by a null pointer). The data folder is FRAGUA_DATA, else fragua in
// XDG_DATA_HOME, else ~/.local/share/fragua.
Environment read_environment(const char* const* variables);

}  // namespace fragua::cli
