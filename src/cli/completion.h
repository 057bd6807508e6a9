// Completion scripts for bash, zsh and fish, made from the command table. Names of models come from `fragua list
// --names`. Callers: `fragua completion SHELL`, packaging/completions (checked by the unit test). Threads: any; pure
// functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_table.h"

namespace fragua::cli {

// Error(invalid_argument) for a shell that is none of the three.
std::string completion_script(std::string_view shell, const std::vector<CommandSpec>& commands);

}  // namespace fragua::cli
