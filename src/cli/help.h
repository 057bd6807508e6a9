// Help texts: the list of commands, and one command with its arguments, options and examples.
// Callers: cli.cpp. Threads: any; pure functions.
#pragma once
#include <string>

#include "cli/command_table.h"

namespace fragua::cli {

std::string help_overview(const std::vector<CommandSpec>& commands);
std::string help_for(const CommandSpec& command, std::size_t columns);
// "fragua run [OPTIONS] MODEL [PROMPT...]"
std::string usage_line(const CommandSpec& command);
// "-q, --quantize TYPE"
std::string option_heading(const OptionSpec& option);
// "one of: a, b" when the values are few and fixed, else "".
std::string choices_note(const OptionSpec& option);

}  // namespace fragua::cli
