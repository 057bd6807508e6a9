// Members of the server's answers, read leniently: what is missing or of another type is empty or 0.
// Callers: the commands of cli/. Threads: any; pure functions.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fragua::cli {

std::int64_t integer_member(const json::object& object, std::string_view key);
bool boolean_member(const json::object& object, std::string_view key);
json::object object_member(const json::object& object, std::string_view key);
json::array array_member(const json::object& object, std::string_view key);
std::vector<std::string> strings_member(const json::object& object, std::string_view key);
// As a person reads it: strings without quotes, the rest as JSON.
std::string plain_text(const json::value& value);

}  // namespace fragua::cli
