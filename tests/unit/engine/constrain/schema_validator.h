// A JSON Schema validator, as small as the tests of engine/constrain need it and written without looking at the
// compiler: whether a value satisfies a schema. Callers: the tests. Threads: any.
#pragma once
#include <algorithm>
#include <cmath>
#include <regex>
#include <string>

#include "base/json.h"
#include "engine/constrain/codepoints.h"

namespace fragua::engine::validator {

inline bool is_valid(const json::value& root, const json::value& schema, const json::value& value);

// By characters, where std::regex counts bytes.
inline std::wstring wide(std::string_view text) {
  std::wstring result;
  while (!text.empty()) result += wchar_t(take_codepoint(text));
  return result;
}
inline bool is_found(std::string_view text, std::string_view pattern) {
  return std::regex_search(wide(text), std::wregex(wide(pattern)));
}

inline bool has_type(const json::value& value, std::string_view type) {
  if (type == "integer") return value.is_number() && std::floor(value.to_number<double>()) == value.to_number<double>();
  if (type == "number") return value.is_number();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_bool();
  if (type == "null") return value.is_null();
  if (type == "array") return value.is_array();
  return type == "object" && value.is_object();
}

inline bool is_number_valid(const json::object& schema, double value) {
  const auto bound = [&](const char* key) { return schema.at(key).to_number<double>(); };
  if (schema.contains("minimum") && value < bound("minimum")) return false;
  if (schema.contains("maximum") && value > bound("maximum")) return false;
  if (schema.contains("exclusiveMinimum") && value <= bound("exclusiveMinimum")) return false;
  if (schema.contains("exclusiveMaximum") && value >= bound("exclusiveMaximum")) return false;
  if (!schema.contains("multipleOf")) return true;
  const double factor = value / bound("multipleOf");
  return std::abs(factor - std::round(factor)) < 1e-6 * std::max(1.0, std::abs(factor));
}

inline bool is_string_valid(const json::object& schema, const std::string& value) {
  const auto length = std::count_if(value.begin(), value.end(), [](char c) { return (c & 0xC0) != 0x80; });
  if (schema.contains("minLength") && length < schema.at("minLength").to_number<long>()) return false;
  if (schema.contains("maxLength") && length > schema.at("maxLength").to_number<long>()) return false;
  if (!schema.contains("pattern")) return true;
  return is_found(value, std::string_view(schema.at("pattern").as_string()));
}

inline bool is_array_valid(const json::value& root, const json::object& schema, const json::array& items) {
  if (schema.contains("minItems") && items.size() < schema.at("minItems").to_number<std::size_t>()) return false;
  if (schema.contains("maxItems") && items.size() > schema.at("maxItems").to_number<std::size_t>()) return false;
  std::size_t fixed = 0;
  if (schema.contains("prefixItems"))
    for (const auto& first : schema.at("prefixItems").as_array())
      if (fixed < items.size() && !is_valid(root, first, items[fixed++])) return false;
  if (schema.contains("items"))
    for (std::size_t i = fixed; i < items.size(); ++i)
      if (!is_valid(root, schema.at("items"), items[i])) return false;
  return true;
}

inline bool is_object_valid(const json::value& root, const json::object& schema, const json::object& value) {
  if (schema.contains("minProperties") && value.size() < schema.at("minProperties").to_number<std::size_t>())
    return false;
  if (schema.contains("maxProperties") && value.size() > schema.at("maxProperties").to_number<std::size_t>())
    return false;
  if (schema.contains("required"))
    for (const auto& name : schema.at("required").as_array())
      if (!value.contains(name.as_string())) return false;
  for (const auto& [key, member] : value) {
    bool is_known = false;
    if (schema.contains("properties"))
      if (const auto* property = schema.at("properties").as_object().if_contains(key)) {
        is_known = true;
        if (!is_valid(root, *property, member)) return false;
      }
    if (schema.contains("patternProperties"))
      for (const auto& [pattern, property] : schema.at("patternProperties").as_object())
        if (is_found(key, pattern)) {
          is_known = true;
          if (!is_valid(root, property, member)) return false;
        }
    if (!is_known && schema.contains("additionalProperties") &&
        !is_valid(root, schema.at("additionalProperties"), member))
      return false;
    if (schema.contains("propertyNames") && !is_valid(root, schema.at("propertyNames"), json::value(key))) return false;
  }
  return true;
}

inline bool is_type_valid(const json::object& schema, const json::value& value) {
  if (value.is_null() && schema.contains("nullable") && schema.at("nullable").as_bool()) return true;
  if (!schema.contains("type")) return true;
  const auto& type = schema.at("type");
  if (type.is_string()) return has_type(value, std::string_view(type.as_string()));
  return std::any_of(type.as_array().begin(), type.as_array().end(),
                     [&](const auto& name) { return has_type(value, std::string_view(name.as_string())); });
}

inline bool is_valid(const json::value& root, const json::value& any_schema, const json::value& value) {
  if (any_schema.is_bool()) return any_schema.as_bool();
  const auto& schema = any_schema.as_object();
  if (schema.contains("$ref")) {
    json::error_code error;
    if (!is_valid(root, *root.find_pointer(schema.at("$ref").as_string().subview(1), error), value)) return false;
  }
  if (!is_type_valid(schema, value)) return false;
  if (value.is_null() && schema.contains("nullable") && schema.at("nullable").as_bool()) return true;
  const auto equal = [&](const json::value& other) {
    return other == value ||
           (other.is_number() && value.is_number() && other.to_number<double>() == value.to_number<double>());
  };
  if (schema.contains("const") && !equal(schema.at("const"))) return false;
  if (schema.contains("enum") &&
      std::none_of(schema.at("enum").as_array().begin(), schema.at("enum").as_array().end(), equal))
    return false;
  const auto count = [&](const char* key) {
    const auto& branches = schema.at(key).as_array();
    return std::count_if(branches.begin(), branches.end(),
                         [&](const auto& branch) { return is_valid(root, branch, value); });
  };
  if (schema.contains("anyOf") && count("anyOf") == 0) return false;
  if (schema.contains("oneOf") && count("oneOf") != 1) return false;
  if (schema.contains("allOf") && count("allOf") != long(schema.at("allOf").as_array().size())) return false;
  if (value.is_number()) return is_number_valid(schema, value.to_number<double>());
  if (value.is_string()) return is_string_valid(schema, std::string(value.as_string()));
  if (value.is_array()) return is_array_valid(root, schema, value.as_array());
  return !value.is_object() || is_object_valid(root, schema, value.as_object());
}

}  // namespace fragua::engine::validator
