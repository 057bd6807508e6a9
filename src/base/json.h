// JSON under one name: Boost.JSON values, parsed with limits on depth. Callers: everyone. Threads: any.
// parse_json throws Error(invalid_argument) that says where the text stopped making sense.
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace fragua {

namespace json = boost::json;

constexpr std::size_t kJsonDepth = 64;

json::value parse_json(std::string_view text, std::size_t max_depth = kJsonDepth);
std::string to_json(const json::value& value);
std::string to_pretty_json(const json::value& value);  // two spaces, for people

// Convenience over optional members: the member if it is there and not null.
const json::value* find_member(const json::object& object, std::string_view key);
std::string string_member(const json::object& object, std::string_view key, std::string fallback = "");

}  // namespace fragua
