#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"
#include "engine/constrain/numbers.h"
#include "engine/constrain/schema_compiler.h"
#include "engine/constrain/schema_merge.h"

namespace fragua::engine {
namespace {

constexpr std::string_view kDay31 = "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])";
constexpr std::string_view kDay30 = "(0[469]|11)-(0[1-9]|[12][0-9]|30)";
constexpr std::string_view kTime =
    "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";

std::string date() { return fmt::format("[0-9]{{4}}-({}|{}|02-(0[1-9]|[12][0-9]))", kDay31, kDay30); }

// Formats that are enforced; a format that is not here is a note, as the standard has it.
std::optional<std::string> pattern_of_format(std::string_view format) {
  static const std::string kByte = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  static const std::string kLabel = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  if (format == "date") return date();
  if (format == "time") return std::string(kTime);
  if (format == "date-time") return date() + "T" + std::string(kTime);
  if (format == "duration")
    return "P((\\d{1,9}Y(\\d{1,9}M(\\d{1,9}D)?)?|\\d{1,9}M(\\d{1,9}D)?|\\d{1,9}D)"
           "(T(\\d{1,9}H(\\d{1,9}M(\\d{1,9}S)?)?|\\d{1,9}M(\\d{1,9}S)?|\\d{1,9}S))?"
           "|T(\\d{1,9}H(\\d{1,9}M(\\d{1,9}S)?)?|\\d{1,9}M(\\d{1,9}S)?|\\d{1,9}S)|\\d{1,9}W)";
  if (format == "uuid") return "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
  if (format == "email") return "[a-zA-Z0-9_%+-]+(\\.[a-zA-Z0-9_%+-]+)*@(" + kLabel + "\\.)+[a-zA-Z]{2,24}";
  if (format == "hostname") return kLabel + "(\\." + kLabel + ")*";
  if (format == "ipv4") return kByte + "(\\." + kByte + "){3}";
  if (format == "ipv6") return "[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){7}|::1|::";
  if (format == "uri") return "[a-zA-Z][a-zA-Z0-9+.-]*:(//)?[a-zA-Z0-9._~!$&'()*+,;=:@/?#%-]+";
  return std::nullopt;
}

std::string number_spelling(const json::value& value) {
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_uint64()) return std::to_string(value.get_uint64());
  return fmt::format("{}", value.get_double());
}

}  // namespace

std::string json_spelling(const json::value& value) {
  if (value.is_number()) return number_spelling(value);
  if (value.is_array()) {
    std::string text;
    for (const auto& item : value.get_array()) text += (text.empty() ? "" : ", ") + json_spelling(item);
    return "[" + text + "]";
  }
  if (value.is_object()) {
    std::string text;
    for (const auto& [key, item] : value.get_object())
      text += (text.empty() ? "" : ", ") + to_json(json::value(key)) + ": " + json_spelling(item);
    return "{" + text + "}";
  }
  return to_json(value);
}

SchemaCompiler::Shape SchemaCompiler::shape_of_literals(const json::object& schema) {
  json::array values;
  if (const auto* constant = schema.if_contains("const")) {
    values.push_back(*constant);
  } else {
    const auto& list = schema.at("enum");
    if (!list.is_array() || list.get_array().empty())
      fail(ErrorCode::invalid_argument, "\"enum\" must be a list of values");
    values = list.get_array();
  }
  Shape shape;
  for (const auto& value : values) {
    if (!obeys_schema(value, schema)) continue;
    if (value.is_string()) {
      shape.literals.emplace_back(std::string_view(value.get_string()));
    } else {
      const bool is_container = value.is_object() || value.is_array();
      shape.others.push_back({ebnf_literal(json_spelling(value)), is_container && has_string_rules_, "", {}});
    }
  }
  if (shape.literals.empty() && shape.others.empty())
    fail(ErrorCode::invalid_argument, "no value of \"enum\" or \"const\" satisfies the rest of the schema");
  return shape;
}

std::optional<double> SchemaCompiler::number_member(const json::object& schema, std::string_view key) const {
  const auto* found = find_member(schema, key);
  if (!found || found->is_bool()) return std::nullopt;  // draft 4 has true and false for exclusiveMinimum
  if (!found->is_number()) fail(ErrorCode::invalid_argument, "\"" + std::string(key) + "\" must be a number");
  return found->to_number<double>();
}

std::optional<std::uint32_t> SchemaCompiler::count_member(const json::object& schema, std::string_view key) const {
  const auto number = number_member(schema, key);
  if (!number) return std::nullopt;
  if (*number < 0 || *number != std::floor(*number))
    fail(ErrorCode::invalid_argument, "\"" + std::string(key) + "\" must be a whole number from 0 on");
  return std::uint32_t(std::min(*number, 4e9));
}

SchemaCompiler::Shape SchemaCompiler::shape_of_string(const json::object& schema) {
  StringRuleText rule;
  rule.bounds = {count_member(schema, "minLength").value_or(0),
                 count_member(schema, "maxLength").value_or(LengthBounds::kUnlimited)};
  if (rule.bounds.least > rule.bounds.most) fail(ErrorCode::invalid_argument, "\"minLength\" is over \"maxLength\"");
  const auto* pattern = find_member(schema, "pattern");
  if (pattern && !pattern->is_string()) fail(ErrorCode::invalid_argument, "\"pattern\" must be a string");
  const auto format = pattern_of_format(string_member(schema, "format"));
  if (pattern && format)
    fail(ErrorCode::unsupported,
         "\"pattern\" together with \"format\": \"" + string_member(schema, "format") + "\" is not supported");
  if (pattern) rule.pattern = parse_regex(std::string_view(pattern->get_string()), true);
  if (format) rule.pattern = parse_regex(*format, false);
  Shape shape;
  if (rule.pattern || rule.bounds.any())
    shape.rules.push_back(std::move(rule));
  else
    shape.has_free_string = true;
  return shape;
}

std::string SchemaCompiler::integer_expression(const json::object& schema) const {
  double least = -double(kIntegerMost), most = double(kIntegerMost);
  const auto minimum = number_member(schema, "minimum"), maximum = number_member(schema, "maximum");
  const auto over = number_member(schema, "exclusiveMinimum"), under = number_member(schema, "exclusiveMaximum");
  const auto is_true = [&](const char* key) {
    return find_member(schema, key) && *find_member(schema, key) == json::value(true);
  };
  if (minimum) least = std::max(least, is_true("exclusiveMinimum") ? std::floor(*minimum) + 1 : std::ceil(*minimum));
  if (maximum) most = std::min(most, is_true("exclusiveMaximum") ? std::ceil(*maximum) - 1 : std::floor(*maximum));
  if (over) least = std::max(least, std::floor(*over) + 1);
  if (under) most = std::min(most, std::ceil(*under) - 1);
  if (least > most) fail(ErrorCode::invalid_argument, "no integer is within its bounds");
  const auto divisor = number_member(schema, "multipleOf");
  if (divisor && *divisor <= 0) fail(ErrorCode::invalid_argument, "\"multipleOf\" must be over 0");
  if (divisor && *divisor != 1) {
    if (*divisor != std::floor(*divisor) || *divisor > 1e15)
      fail(ErrorCode::unsupported, "\"multipleOf\" that is not a whole number is not supported for integers");
    return multiples_between(std::int64_t(*divisor), std::int64_t(least), std::int64_t(most));
  }
  const bool is_free = !minimum && !maximum && !over && !under;
  return is_free ? "integer" : integers_between(std::int64_t(least), std::int64_t(most));
}

std::string SchemaCompiler::number_expression(const json::object& schema) const {
  DecimalBounds bounds{number_member(schema, "minimum"), number_member(schema, "maximum"), false, false, 17};
  const auto is_true = [&](const char* key) {
    return find_member(schema, key) && *find_member(schema, key) == json::value(true);
  };
  bounds.without_least = is_true("exclusiveMinimum");
  bounds.without_most = is_true("exclusiveMaximum");
  if (const auto over = number_member(schema, "exclusiveMinimum"); over && (!bounds.least || *over >= *bounds.least))
    bounds.least = over, bounds.without_least = true;
  if (const auto under = number_member(schema, "exclusiveMaximum"); under && (!bounds.most || *under <= *bounds.most))
    bounds.most = under, bounds.without_most = true;
  if (bounds.least && bounds.most && *bounds.least > *bounds.most)
    fail(ErrorCode::invalid_argument, "no number is within its bounds");
  const auto divisor = number_member(schema, "multipleOf");
  if (!divisor) return bounds.least || bounds.most ? decimals_between(bounds) : "number";
  if (*divisor == std::floor(*divisor)) return integer_expression(schema);
  for (bounds.places_max = 1; bounds.places_max < 10; ++bounds.places_max)
    if (std::abs(*divisor * std::pow(10, bounds.places_max) - 1) < 1e-9) return decimals_between(bounds);
  fail(ErrorCode::unsupported, "\"multipleOf\" of a number may be a whole number or 0.1, 0.01, ...");
}

}  // namespace fragua::engine
