#include "modelfile/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "base/error.h"

namespace fragua::modelfile {

namespace {

enum class Type { integer, number, boolean, texts };

constexpr double kAny = std::numeric_limits<double>::infinity();

struct Known {
  std::string_view name;
  Type type;
  double least = -kAny;
  double most = kAny;
};

constexpr double kMaxInt = 2147483647;

// -1 and -2 are Ollama's "unlimited", "until the context is full", "all" or "automatic".
constexpr std::array kKnown{
    Known{"num_keep", Type::integer, -1, kMaxInt},
    Known{"seed", Type::integer, -9.2e18, 9.2e18},
    Known{"num_predict", Type::integer, -2, kMaxInt},
    Known{"top_k", Type::integer, -1, kMaxInt},
    Known{"top_p", Type::number, 0, 1},
    Known{"min_p", Type::number, 0, 1},
    Known{"typical_p", Type::number, 0, 1},
    Known{"repeat_last_n", Type::integer, -1, kMaxInt},
    Known{"temperature", Type::number, 0, 100},
    Known{"repeat_penalty", Type::number, 0, 100},
    Known{"presence_penalty", Type::number, -100, 100},
    Known{"frequency_penalty", Type::number, -100, 100},
    Known{"stop", Type::texts},
    Known{"num_ctx", Type::integer, 0, kMaxInt},
    Known{"num_batch", Type::integer, 0, kMaxInt},
    Known{"num_gpu", Type::integer, -1, kMaxInt},
    Known{"main_gpu", Type::integer, 0, kMaxInt},
    Known{"use_mmap", Type::boolean},
    Known{"num_thread", Type::integer, 0, 4096},
    Known{"draft_num_predict", Type::integer, 0, kMaxInt},
    Known{"dry_multiplier", Type::number, 0, 100},
    Known{"dry_base", Type::number, 0, 100},
    Known{"dry_allowed_length", Type::integer, 0, kMaxInt},
    Known{"dry_penalty_last_n", Type::integer, -1, kMaxInt},
    Known{"xtc_probability", Type::number, 0, 1},
    Known{"xtc_threshold", Type::number, 0, 1},
};

constexpr std::array<std::string_view, 9> kDeprecated{
    "penalize_newline", "low_vram", "f16_kv",       "logits_all",   "vocab_only",
    "use_mlock",        "mirostat", "mirostat_tau", "mirostat_eta",
};

const Known* find_known(std::string_view name) {
  const auto* found = std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& each) { return each.name == name; });
  return found == kKnown.end() ? nullptr : found;
}

tl::unexpected<Error> wrong(std::string message) { return failure(ErrorCode::invalid_argument, std::move(message)); }

tl::unexpected<Error> wrong_name(std::string_view name) {
  return wrong("unknown parameter '" + std::string(name) + "'");
}

std::string shown(double bound) {
  return std::nearbyint(bound) == bound ? std::to_string(std::int64_t(bound)) : std::to_string(bound);
}

std::string_view type_name(Type type) {
  switch (type) {
    case Type::integer:
      return "an integer";
    case Type::number:
      return "a number";
    case Type::boolean:
      return "true or false";
    case Type::texts:
      return "a text or a list of texts";
  }
  return "";
}

tl::unexpected<Error> wrong_type(const Known& known, std::string_view value) {
  return wrong("parameter " + std::string(known.name) + " must be " + std::string(type_name(known.type)) + ", not '" +
               std::string(value.substr(0, 64)) + "'");
}

template <class Number>
Result<json::value> in_range(const Known& known, Number value) {
  if (double(value) >= known.least && double(value) <= known.most) return json::value(value);
  return wrong("parameter " + std::string(known.name) + " must be between " + shown(known.least) + " and " +
               shown(known.most));
}

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<bool> boolean(std::string_view text) {
  for (const std::string_view yes : {"1", "t", "T", "true", "TRUE", "True"})
    if (text == yes) return true;
  for (const std::string_view no : {"0", "f", "F", "false", "FALSE", "False"})
    if (text == no) return false;
  return std::nullopt;
}

Result<json::value> typed(const Known& known, std::string_view text) {
  switch (known.type) {
    case Type::integer:
      if (const auto number = whole_number<std::int64_t>(text)) return in_range(known, *number);
      break;
    case Type::number:
      if (const auto number = whole_number<double>(text); number && std::isfinite(*number))
        return in_range(known, *number);
      break;
    case Type::boolean:
      if (const auto flag = boolean(text)) return json::value(*flag);
      break;
    case Type::texts:
      return json::value(text);
  }
  return wrong_type(known, text);
}

Result<const Known*> find_effective(const std::string& name) {
  const Known* known = find_known(name);
  if (!known) return wrong_name(name);
  return known;
}

// The caller's choice of Result or exception ends here: what JSON asks for wrongly ends the request.
template <class T>
T value_or_throw(Result<T> result) {
  if (!result) throw result.error();
  return *std::move(result);
}

Result<std::string> text_of(const Known& known, const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (known.type == Type::texts || value.is_object() || value.is_array()) return wrong_type(known, to_json(value));
  if (value.is_bool()) return std::string(value.get_bool() ? "true" : "false");
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_uint64()) return std::to_string(value.get_uint64());
  const double number = value.get_double();
  const bool whole = std::nearbyint(number) == number && std::abs(number) < 9e15;
  if (whole && known.type == Type::integer) return std::to_string(std::int64_t(number));
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return std::string(buffer.data(), end);
}

}  // namespace

bool is_known_parameter(std::string_view name) { return find_known(name) != nullptr; }

bool is_deprecated_parameter(std::string_view name) {
  return std::find(kDeprecated.begin(), kDeprecated.end(), name) != kDeprecated.end();
}

std::optional<std::string> parameter_problem(const Parameter& parameter) {
  if (is_deprecated_parameter(parameter.name)) return std::nullopt;
  const auto value =
      find_effective(parameter.name).and_then([&](const Known* known) { return typed(*known, parameter.value); });
  if (value) return std::nullopt;
  return value.error().what();
}

json::object parameters_to_json(const std::vector<Parameter>& parameters) {
  json::object object;
  for (const auto& [name, text] : parameters) {
    if (is_deprecated_parameter(name)) continue;
    const Known& known = *value_or_throw(find_effective(name));
    json::value value = value_or_throw(typed(known, text));
    if (known.type != Type::texts) {
      object[name] = std::move(value);
      continue;
    }
    auto& list = object[name];
    if (!list.is_array()) list = json::array();
    list.get_array().push_back(std::move(value));
  }
  return object;
}

std::vector<Parameter> parameters_from_json(const json::object& object) {
  std::vector<Parameter> parameters;
  const auto add = [&](const Known& known, const json::value& value) {
    parameters.push_back({std::string(known.name), value_or_throw(text_of(known, value))});
    if (const auto problem = parameter_problem(parameters.back())) throw Error(ErrorCode::invalid_argument, *problem);
  };
  for (const auto& [key, value] : object) {
    const std::string name(key);
    if (value.is_null() || is_deprecated_parameter(name)) continue;
    const Known& known = *value_or_throw(find_effective(name));
    if (known.type == Type::texts && value.is_array()) {
      for (const auto& item : value.get_array()) add(known, item);
    } else {
      add(known, value);
    }
  }
  return parameters;
}

}  // namespace fragua::modelfile
