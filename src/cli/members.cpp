#include "cli/members.h"

namespace fragua::cli {

std::int64_t integer_member(const json::object& object, std::string_view key) {
  const auto* found = find_member(object, key);
  if (found == nullptr || !found->is_number()) return 0;
  if (found->is_int64()) return found->get_int64();
  if (found->is_uint64()) return found->get_uint64() > INT64_MAX ? INT64_MAX : std::int64_t(found->get_uint64());
  const auto value = found->get_double();
  return value > -9e18 && value < 9e18 ? std::int64_t(value) : 0;
}

bool boolean_member(const json::object& object, std::string_view key) {
  const auto* found = find_member(object, key);
  return found != nullptr && found->is_bool() && found->get_bool();
}

json::object object_member(const json::object& object, std::string_view key) {
  const auto* found = find_member(object, key);
  return found != nullptr && found->is_object() ? found->get_object() : json::object();
}

json::array array_member(const json::object& object, std::string_view key) {
  const auto* found = find_member(object, key);
  return found != nullptr && found->is_array() ? found->get_array() : json::array();
}

std::vector<std::string> strings_member(const json::object& object, std::string_view key) {
  std::vector<std::string> strings;
  for (const auto& item : array_member(object, key))
    if (item.is_string()) strings.emplace_back(item.get_string());
  return strings;
}

std::string plain_text(const json::value& value) {
  return value.is_string() ? std::string(value.get_string()) : to_json(value);
}

}  // namespace fragua::cli
