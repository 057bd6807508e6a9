#include "modelfile/template/functions.h"

#include <algorithm>
#include <array>
#include <compare>
#include <optional>

#include "base/strings.h"
#include "modelfile/template/format.h"

namespace fragua::modelfile {

namespace {

using Outcome = Result<Value>;

tl::unexpected<Error> wrong(std::string message) { return failure(ErrorCode::invalid_argument, std::move(message)); }

// What a function writes counts against the rendering's allowance.
template <class Write>
Value written(const Call& call, Write write) {
  BoundedText out(call.bytes_left);
  write(out);
  call.bytes_left -= out.size();
  return Value::own(json::value(json::string(out.take())));
}

// Reading long texts is work too.
void charge(const Call& call, std::size_t bytes) {
  const std::size_t steps = bytes / 256;
  call.steps_left -= std::min(call.steps_left, steps);
}

// Equal kinds compare; numbers among themselves; nil is equal to nil only. Nothing for what cannot be ordered.
std::optional<std::partial_ordering> compared(const Call& call, const Value& a, const Value& b) {
  if (a.is_text() && b.is_text()) {
    charge(call, std::min(a.text().size(), b.text().size()));
    return a.text() <=> b.text();
  }
  if (a.json().is_int64() && b.json().is_int64()) return a.json().get_int64() <=> b.json().get_int64();
  if (a.is_number() && b.is_number()) return a.json().to_number<double>() <=> b.json().to_number<double>();
  return std::nullopt;
}

Result<bool> equal(const Call& call, const Value& a, const Value& b) {
  if (a.is_nil() || b.is_nil()) return a.is_nil() && b.is_nil();
  if (a.json().is_bool() && b.json().is_bool()) return a.json().get_bool() == b.json().get_bool();
  if (const auto order = compared(call, a, b)) return *order == 0;
  return wrong("incompatible types for comparison: " + std::string(a.kind_name()) + " and " +
               std::string(b.kind_name()));
}

Outcome truth(bool value) { return Value::own(value); }

Outcome not_function(const Call& call) { return truth(!call.arguments[0].truth()); }

// eq a b c: a is equal to one of them.
Outcome eq_function(const Call& call) {
  for (const auto& other : call.arguments.subspan(1)) {
    const auto same = equal(call, call.arguments[0], other);
    if (!same) return tl::unexpected(same.error());
    if (*same) return truth(true);
  }
  return truth(false);
}

Outcome ne_function(const Call& call) {
  return equal(call, call.arguments[0], call.arguments[1]).map([](bool same) { return Value::own(!same); });
}

Outcome order_function(const Call& call) {
  const auto order = compared(call, call.arguments[0], call.arguments[1]);
  if (!order)
    return wrong("invalid types for comparison: " + std::string(call.arguments[0].kind_name()) + " and " +
                 std::string(call.arguments[1].kind_name()));
  const bool orders = call.name[0] == 'l' ? *order < 0 : *order > 0;
  return truth(orders || (call.name[1] == 'e' && *order == 0));
}

Outcome len_function(const Call& call) {
  const Value& value = call.arguments[0];
  if (value.is_text()) return Value::own(std::int64_t(value.text().size()));
  if (value.is_list()) return Value::own(std::int64_t(value.list().size()));
  if (value.is_object()) return Value::own(std::int64_t(value.object().size()));
  return wrong("len of " + std::string(value.kind_name()));
}

Result<std::size_t> position(const Value& value, std::size_t most) {
  if (!value.is_integer()) return wrong("cannot index with " + std::string(value.kind_name()));
  const auto& number = value.json();
  if (number.is_int64() ? std::cmp_less(number.get_int64(), 0) || std::cmp_greater(number.get_int64(), most)
                        : number.get_uint64() > most)
    return wrong("index out of range: " + to_json(number));
  return number.to_number<std::size_t>();
}

Outcome item(const Call& call, const Value& value, const Value& at) {
  if (value.is_object()) {
    if (!at.is_text()) return wrong("cannot index an object with " + std::string(at.kind_name()));
    charge(call, at.text().size());
    const auto* found = value.object().if_contains(at.text());
    return found ? value.part(*found) : Value();
  }
  if (value.is_text()) {
    if (value.text().empty()) return wrong("index out of range");
    return position(at, value.text().size() - 1).map([&](std::size_t index) {
      return Value::own(std::int64_t(std::uint8_t(value.text()[index])));
    });
  }
  if (!value.is_list()) return wrong("cannot index " + std::string(value.kind_name()));
  if (value.list().empty()) return wrong("index out of range: the list is empty");
  return position(at, value.list().size() - 1).map([&](std::size_t index) { return value.part(value.list()[index]); });
}

Outcome index_function(const Call& call) {
  Outcome value = call.arguments[0];
  for (const auto& at : call.arguments.subspan(1)) {
    value = item(call, *value, at);
    if (!value) break;
  }
  return value;
}

// slice x, slice x 1, slice x 1 2.
Outcome slice_function(const Call& call) {
  const Value& value = call.arguments[0];
  if (!value.is_text() && !value.is_list()) return wrong("cannot slice " + std::string(value.kind_name()));
  const std::size_t size = value.is_text() ? value.text().size() : value.list().size();
  std::array<std::size_t, 2> bounds{0, size};
  for (std::size_t index = 1; index < call.arguments.size(); ++index) {
    const auto bound = position(call.arguments[index], size);
    if (!bound) return tl::unexpected(bound.error());
    bounds[index - 1] = *bound;
  }
  if (bounds[0] > bounds[1])
    return wrong("invalid slice: " + std::to_string(bounds[0]) + " > " + std::to_string(bounds[1]));
  if (value.is_list()) return Value::window(value, bounds[0], bounds[1]);
  return written(call, [&](BoundedText& out) { out.append(value.text().substr(bounds[0], bounds[1] - bounds[0])); });
}

Outcome printf_function(const Call& call) {
  if (!call.arguments[0].is_text()) return wrong("printf needs a format text");
  return written(call,
                 [&](BoundedText& out) { append_formatted(call.arguments[0].text(), call.arguments.subspan(1), out); });
}

// Go's Print puts a space between two neighbours that are not texts, Println between all.
Outcome print_function(const Call& call) {
  const bool ends_line = call.name == "println";
  return written(call, [&](BoundedText& out) {
    for (std::size_t index = 0; index < call.arguments.size(); ++index) {
      const bool texts = index > 0 && (call.arguments[index].is_text() || call.arguments[index - 1].is_text());
      if (index > 0 && (ends_line || !texts)) out.append(' ');
      append_printed(call.arguments[index], out);
    }
    if (ends_line) out.append('\n');
  });
}

Outcome json_function(const Call& call) {
  return written(call, [&](BoundedText& out) { append_json(call.arguments[0], out); });
}

// Ollama accepts a format and ignores it: always YYYY-MM-DD.
Outcome date_function(const Call& call) {
  const std::chrono::year_month_day date(call.today - std::chrono::days(call.name == "yesterdayDate" ? 1 : 0));
  return written(call, [&](BoundedText& out) {
    const std::array<Value, 3> parts{Value::own(int(date.year())), Value::own(unsigned(date.month())),
                                     Value::own(unsigned(date.day()))};
    append_formatted("%04d-%02d-%02d", parts, out);
  });
}

std::string typescript_type(const json::value& type) {
  const std::string name = type.is_string() ? std::string(type.get_string()) : "";
  if (name == "integer") return "number";
  if (name == "array") return "any[]";
  if (name == "object") return "Record<string, any>";
  const bool same = name == "string" || name == "number" || name == "boolean" || name == "null";
  return same ? name : "any";
}

// Of a JSON Schema property: its type, one of several types, or one of several schemas.
std::string typescript_type_of(const json::value& property) {
  if (!property.is_object()) return "any";
  const auto* choices = find_member(property.get_object(), "anyOf");
  const auto* type = find_member(property.get_object(), "type");
  std::vector<std::string> names;
  if (choices && choices->is_array()) {
    for (const auto& choice : choices->get_array()) names.push_back(typescript_type_of(choice));
  } else if (type && type->is_array()) {
    for (const auto& each : type->get_array()) names.push_back(typescript_type(each));
  }
  if (names.empty()) return type ? typescript_type(*type) : "any";
  return join(names, " | ");
}

Outcome typescript_function(const Call& call) {
  return written(call, [&](BoundedText& out) { out.append(typescript_type_of(call.arguments[0].json())); });
}

struct Function {
  std::string_view name;
  std::size_t least;
  std::size_t most;
  Outcome (*call)(const Call&);
};

constexpr std::size_t kMany = std::size_t(-1);
constexpr std::array kFunctions{
    Function{"and", 1, kMany, nullptr},
    Function{"or", 1, kMany, nullptr},
    Function{"not", 1, 1, not_function},
    Function{"eq", 2, kMany, eq_function},
    Function{"ne", 2, 2, ne_function},
    Function{"lt", 2, 2, order_function},
    Function{"le", 2, 2, order_function},
    Function{"gt", 2, 2, order_function},
    Function{"ge", 2, 2, order_function},
    Function{"len", 1, 1, len_function},
    Function{"index", 1, kMany, index_function},
    Function{"slice", 1, 3, slice_function},
    Function{"printf", 1, kMany, printf_function},
    Function{"print", 0, kMany, print_function},
    Function{"println", 0, kMany, print_function},
    Function{"json", 1, 1, json_function},
    Function{"currentDate", 0, kMany, date_function},
    Function{"yesterdayDate", 0, kMany, date_function},
    Function{"toTypeScriptType", 1, 1, typescript_function},
};

const Function* find_function(std::string_view name) {
  const auto* found =
      std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& each) { return each.name == name; });
  return found == kFunctions.end() ? nullptr : found;
}

}  // namespace

bool is_template_function(std::string_view name) { return find_function(name) != nullptr; }

Outcome call_template_function(const Call& call) {
  const Function* function = find_function(call.name);
  if (!function || !function->call) return wrong("function \"" + std::string(call.name) + "\" not defined");
  if (call.arguments.size() < function->least || call.arguments.size() > function->most)
    return wrong("wrong number of arguments for " + std::string(call.name) + ": " +
                 std::to_string(call.arguments.size()));
  return function->call(call);
}

}  // namespace fragua::modelfile
