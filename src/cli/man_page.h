// The manual page fragua(1), made from the command table. Callers: `fragua man`, packaging/fragua.1 (checked by the
// unit test). Threads: any; a pure function.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_table.h"

namespace fragua::cli {

std::string man_page(const std::vector<CommandSpec>& commands, std::string_view version);

}  // namespace fragua::cli
