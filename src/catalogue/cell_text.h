// Cell text: values of a database as a source writes them, made plain: arrays as JSON, truths as 1 and 0.
// Callers: catalogue/staging. Threads: pure. What is none of these stays as it is.
#pragma once
#include <string>
#include <string_view>

#include "catalogue/rows.h"

namespace fragua::catalogue {

// "{parking,\"wifi, free\",NULL}" of a type such as text[] is ["parking","wifi, free",null].
std::string array_as_json(const std::string& text);
// By the column's type as the source declares it.
Cell plain_cell(Cell cell, std::string_view type);

}  // namespace fragua::catalogue
