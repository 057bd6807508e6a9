#include "base/json.h"

#include <algorithm>
#include <boost/json/src.hpp>
#include <cmath>

#include "base/error.h"

namespace fragua {

namespace {

// 1e999 reads as infinity, which JSON cannot write and no caller expects.
bool has_only_finite_numbers(const json::value& value) {
  if (value.is_double()) return std::isfinite(value.get_double());
  if (value.is_array())
    return std::all_of(value.get_array().begin(), value.get_array().end(), has_only_finite_numbers);
  if (!value.is_object()) return true;
  return std::all_of(value.get_object().begin(), value.get_object().end(),
                     [](const auto& member) { return has_only_finite_numbers(member.value()); });
}

}  // namespace

json::value parse_json(std::string_view text, std::size_t max_depth) {
  json::parse_options options;
  options.max_depth = max_depth;
  json::error_code error;
  json::parser parser({}, options);
  std::size_t read = parser.write_some(text.data(), text.size(), error);
  if (!error && text.find_first_not_of(" \t\r\n", read) != std::string_view::npos) error = json::error::extra_data;
  if (error)
    throw Error(ErrorCode::invalid_argument,
                "invalid JSON near byte " + std::to_string(read) + ": " + error.message());
  json::value value = parser.release();
  if (!has_only_finite_numbers(value)) throw Error(ErrorCode::invalid_argument, "invalid JSON: a number is out of range");
  return value;
}

std::string to_json(const json::value& value) { return json::serialize(value); }

namespace {

void print(const json::value& value, std::size_t indent, std::string& out) {
  const std::string inner(indent + 2, ' ');
  bool first = true;
  const auto open = [&] {
    out += first ? "\n" : ",\n";
    first = false;
    out += inner;
  };
  const auto close = [&](char bracket) {
    if (!first) out += "\n" + std::string(indent, ' ');
    out += bracket;
  };
  if (value.is_object()) {
    out += '{';
    for (const auto& [key, item] : value.get_object()) {
      open();
      out += json::serialize(json::string(key)) + ": ";
      print(item, indent + 2, out);
    }
    close('}');
  } else if (value.is_array()) {
    out += '[';
    for (const auto& item : value.get_array()) {
      open();
      print(item, indent + 2, out);
    }
    close(']');
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

std::string to_pretty_json(const json::value& value) {
  std::string out;
  print(value, 0, out);
  return out;
}

const json::value* find_member(const json::object& object, std::string_view key) {
  const auto* found = object.if_contains(key);
  return found && !found->is_null() ? found : nullptr;
}

std::string string_member(const json::object& object, std::string_view key, std::string fallback) {
  const auto* found = find_member(object, key);
  if (!found || !found->is_string()) return fallback;
  return std::string(found->get_string());
}

}  // namespace fragua
