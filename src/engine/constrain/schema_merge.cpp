#include "engine/constrain/schema_merge.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "engine/constrain/automaton.h"

namespace fragua::engine {
namespace {

constexpr std::string_view kObjectWords[] = {"properties",        "required",      "additionalProperties",
                                             "patternProperties", "propertyNames", "minProperties",
                                             "maxProperties"};
constexpr std::string_view kArrayWords[] = {"items",    "prefixItems", "additionalItems",
                                            "minItems", "maxItems",    "uniqueItems"};
constexpr std::string_view kStringWords[] = {"minLength", "maxLength", "pattern"};
constexpr std::string_view kNumberWords[] = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
                                             "multipleOf"};
constexpr std::string_view kOtherWords[] = {"type",
                                            "enum",
                                            "const",
                                            "format",
                                            "nullable",
                                            "anyOf",
                                            "oneOf",
                                            "allOf",
                                            "$ref",
                                            "not",
                                            "if",
                                            "dependentRequired",
                                            "contains",
                                            "dependencies",
                                            "dependentSchemas",
                                            "unevaluatedProperties",
                                            "unevaluatedItems",
                                            "$dynamicRef",
                                            "$recursiveRef"};

template <class Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}
template <class Words>
bool has_one_of(const json::object& schema, const Words& words) {
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return schema.contains(word); });
}

json::array as_list(const json::value& value) { return value.is_array() ? value.get_array() : json::array{value}; }

bool contains(const json::array& list, const json::value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::optional<json::value> both_types(const json::value& a, const json::value& b) {
  json::array result;
  const auto first = as_list(a), second = as_list(b);
  for (const auto& type : first) {
    if (contains(second, type))
      result.push_back(type);
    else if (type == "integer" && contains(second, "number"))
      result.push_back(type);
    else if (type == "number" && contains(second, "integer"))
      result.push_back("integer");
  }
  if (result.empty()) return std::nullopt;
  return result;
}

std::optional<json::value> both_schemas(const json::value& a, const json::value& b) {
  if (a.is_bool()) return a.get_bool() ? b : a;
  if (b.is_bool()) return b.get_bool() ? a : b;
  if (!a.is_object() || !b.is_object())
    throw Error(ErrorCode::invalid_argument, "a schema must be an object, true or false");
  if (auto merged = merged_schema(a.get_object(), b.get_object())) return std::move(*merged);
  return json::value(false);
}

json::value property_beside(const json::object& other, const json::value& schema) {
  const auto* additional = find_member(other, "additionalProperties");
  return additional ? *both_schemas(schema, *additional) : schema;
}

json::value both_properties(const json::object& a, const json::object& b) {
  json::object result;
  static const json::object kNone;
  const auto properties = [](const json::object& schema) -> const json::object& {
    const auto* found = find_member(schema, "properties");
    return found && found->is_object() ? found->get_object() : kNone;
  };
  const auto &first = properties(a), &second = properties(b);
  for (const auto& [key, schema] : first) {
    const auto* other = second.if_contains(key);
    result[key] = other ? *both_schemas(schema, *other) : property_beside(b, schema);
  }
  for (const auto& [key, schema] : second)
    if (!first.contains(key)) result[key] = property_beside(a, schema);
  return result;
}

std::optional<json::value> both_multiples(const json::value& a, const json::value& b) {
  if (a.is_int64() && b.is_int64()) return std::lcm(a.get_int64(), b.get_int64());
  return std::nullopt;
}

std::optional<json::value> both_lists(std::string_view keyword, const json::value& a, const json::value& b) {
  json::array result = as_list(a);
  if (keyword == "required") {
    for (const auto& name : as_list(b))
      if (!contains(result, name)) result.push_back(name);
    return result;
  }
  const auto other = as_list(b);
  json::array shared;
  for (const auto& value : result)
    if (contains(other, value)) shared.push_back(value);
  if (shared.empty()) return std::nullopt;
  return shared;
}

// Nothing when the two exclude each other.
std::optional<json::value> both(std::string_view keyword, const json::value& a, const json::value& b) {
  if (a == b || !is_constraint(keyword)) return a;
  if (keyword == "type") return both_types(a, b);
  if (keyword == "enum" || keyword == "required") return both_lists(keyword, a, b);
  if (keyword == "const") return std::nullopt;
  if (keyword == "items" || keyword == "additionalProperties") return both_schemas(a, b);
  if (keyword == "nullable") return json::value(a == json::value(true) && b == json::value(true));
  if (keyword == "uniqueItems") return json::value(true);
  if (a.is_number() && b.is_number()) {
    const bool a_is_less = a.to_number<double>() < b.to_number<double>();
    if (keyword.starts_with("min") || keyword == "exclusiveMinimum") return a_is_less ? b : a;
    if (keyword.starts_with("max") || keyword == "exclusiveMaximum") return a_is_less ? a : b;
    if (keyword == "multipleOf")
      if (auto result = both_multiples(a, b)) return result;
  }
  throw Error(ErrorCode::unsupported, "two different \"" + std::string(keyword) +
                                          "\" at once (allOf, or beside $ref, anyOf or oneOf) are not supported");
}

std::size_t characters(std::string_view text) {
  return std::size_t(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

bool matches(std::string_view text, std::string_view pattern) {
  const Automaton automaton(parse_regex(pattern, true), Automaton::Text::plain);
  auto state = automaton.start();
  for (char byte : text) state = automaton.next(state, std::uint8_t(byte));
  return automaton.accepts(state);
}

bool has_type(const json::value& value, const std::string& type) {
  if (type == "null") return value.is_null();
  if (type == "boolean") return value.is_bool();
  if (type == "string") return value.is_string();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  if (type == "number") return value.is_number();
  if (type == "integer") return value.is_number() && std::floor(value.to_number<double>()) == value.to_number<double>();
  return false;
}

bool obeys_bounds(double number, const json::object& schema) {
  const auto bound = [&](std::string_view keyword, double fallback) {
    const auto* found = find_member(schema, keyword);
    return found && found->is_number() ? found->to_number<double>() : fallback;
  };
  return number >= bound("minimum", -INFINITY) && number <= bound("maximum", INFINITY) &&
         number > bound("exclusiveMinimum", -INFINITY) && number < bound("exclusiveMaximum", INFINITY);
}

bool obeys_text(std::string_view text, const json::object& schema) {
  const auto length = double(characters(text));
  const auto* least = find_member(schema, "minLength");
  const auto* most = find_member(schema, "maxLength");
  if (least && least->is_number() && length < least->to_number<double>()) return false;
  if (most && most->is_number() && length > most->to_number<double>()) return false;
  const auto* pattern = find_member(schema, "pattern");
  return !pattern || !pattern->is_string() || matches(text, std::string_view(pattern->get_string()));
}

const json::array* finite_values(const json::object& schema, json::array& storage) {
  if (const auto* constant = schema.if_contains("const")) {
    storage = {*constant};
    return &storage;
  }
  const auto* values = schema.if_contains("enum");
  return values ? values->if_array() : nullptr;
}

bool requires_property(const json::object& schema, std::string_view name) {
  const auto* required = find_member(schema, "required");
  return required && required->is_array() && contains(required->get_array(), json::value(name));
}

// Whether an object written for `a` can never satisfy `b`.
bool is_never(const json::object& a, const json::object& b) {
  const auto* a_properties = find_member(a, "properties");
  const auto* b_properties = find_member(b, "properties");
  const auto member = [](const json::value* properties, std::string_view name) {
    return properties && properties->is_object() ? properties->get_object().if_contains(name) : nullptr;
  };
  const auto* more = find_member(a, "additionalProperties");
  const bool a_is_closed = !more || *more == json::value(false);
  if (const auto* required = find_member(b, "required"); required && required->is_array()) {
    for (const auto& name : required->get_array()) {
      if (!name.is_string()) continue;
      const auto* in_a = member(a_properties, name.get_string());
      const auto* in_b = member(b_properties, name.get_string());
      if (!in_a && a_is_closed && a_properties) return true;
      if (in_a && in_b && in_a->is_object() && in_b->is_object() &&
          are_disjoint(in_a->get_object(), in_b->get_object()))
        return true;
    }
  }
  const auto* closed = find_member(b, "additionalProperties");
  if (!closed || *closed != json::value(false) || !a_properties || !a_properties->is_object()) return false;
  return std::any_of(a_properties->get_object().begin(), a_properties->get_object().end(), [&](const auto& property) {
    return !member(b_properties, property.key()) && requires_property(a, property.key());
  });
}

}  // namespace

bool is_constraint(std::string_view keyword) {
  return is_one_of(keyword, kObjectWords) || is_one_of(keyword, kArrayWords) || is_one_of(keyword, kStringWords) ||
         is_one_of(keyword, kNumberWords) || is_one_of(keyword, kOtherWords);
}

bool has_constraints(const json::object& schema) {
  return std::any_of(schema.begin(), schema.end(), [](const auto& member) { return is_constraint(member.key()); });
}

std::vector<std::string> types_of(const json::object& schema) {
  std::vector<std::string> types;
  if (const auto* type = find_member(schema, "type")) {
    for (const auto& name : as_list(*type)) {
      if (!name.is_string()) throw Error(ErrorCode::invalid_argument, "\"type\" must be a name or a list of names");
      types.emplace_back(std::string_view(name.get_string()));
    }
  } else {
    if (has_one_of(schema, kObjectWords)) types.push_back("object");
    if (has_one_of(schema, kArrayWords)) types.push_back("array");
    if (has_one_of(schema, kStringWords)) types.push_back("string");
    if (has_one_of(schema, kNumberWords)) types.push_back("number");
  }
  const auto* nullable = find_member(schema, "nullable");
  if (nullable && *nullable == json::value(true) && !types.empty()) types.push_back("null");
  return types;
}

std::optional<json::object> merged_schema(const json::object& a, const json::object& b) {
  json::object result = a;
  for (const auto& [keyword, value] : b) {
    if (keyword == "properties") continue;
    const auto* mine = a.if_contains(keyword);
    if (!mine) {
      result[keyword] = value;
    } else if (auto merged = both(keyword, *mine, value)) {
      result[keyword] = std::move(*merged);
    } else {
      return std::nullopt;
    }
  }
  if (a.contains("properties") || b.contains("properties")) result["properties"] = both_properties(a, b);
  return result;
}

bool obeys_schema(const json::value& value, const json::object& schema) {
  const auto types = types_of(schema);
  if (schema.contains("type") &&
      std::none_of(types.begin(), types.end(), [&](auto& type) { return has_type(value, type); }))
    return false;
  if (const auto* constant = schema.if_contains("const"); constant && *constant != value) return false;
  if (const auto* values = schema.if_contains("enum");
      values && values->is_array() && !contains(values->get_array(), value))
    return false;
  if (value.is_number()) return obeys_bounds(value.to_number<double>(), schema);
  return !value.is_string() || obeys_text(std::string_view(value.get_string()), schema);
}

bool are_disjoint(const json::object& a, const json::object& b) {
  json::array a_storage, b_storage;
  const auto *a_values = finite_values(a, a_storage), *b_values = finite_values(b, b_storage);
  if (a_values || b_values) {
    const auto& values = a_values ? *a_values : *b_values;
    const auto& other = a_values ? b : a;
    return std::none_of(values.begin(), values.end(), [&](const auto& value) { return obeys_schema(value, other); });
  }
  const auto a_types = types_of(a), b_types = types_of(b);
  if (a_types.empty() || b_types.empty()) return false;
  const auto kind = [](const std::string& type) { return type == "integer" ? std::string("number") : type; };
  bool only_objects = true, share = false;
  for (const auto& first : a_types)
    for (const auto& second : b_types)
      if (kind(first) == kind(second)) share = true, only_objects = only_objects && first == "object";
  return !share || (only_objects && is_never(a, b) && is_never(b, a));
}

}  // namespace fragua::engine
