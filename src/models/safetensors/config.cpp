#include "models/safetensors/config.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"

namespace fragua::models {

namespace {

constexpr std::int64_t kCountMax = 1 << 30;

[[noreturn]] void fail(std::string_view name, std::string_view expected) {
  throw Error(ErrorCode::invalid_argument,
              "config.json: \"" + std::string(name) + "\" must be " + std::string(expected));
}

json::object read_config(const SourceFiles& files) {
  auto config = files.find_object("config.json");
  if (!config) throw Error(ErrorCode::not_found, "no config.json among the files: a model's folder needs one");
  if (const auto* quantization = find_member(*config, "quantization_config")) {
    const auto method = quantization->is_object() ? string_member(quantization->get_object(), "quant_method") : "";
    throw Error(ErrorCode::unsupported, "the weights are quantized already" +
                                            (method.empty() ? "" : " (" + method.substr(0, 40) + ")") +
                                            "; import the original F32, F16 or BF16 weights");
  }
  return std::move(*config);
}

}  // namespace

ModelConfig::ModelConfig(const SourceFiles& files) : fields_(read_config(files)) {}

std::string ModelConfig::architecture() const {
  const auto* names = find_member(fields_, "architectures");
  if (!names || !names->is_array() || names->get_array().empty() || !names->get_array()[0].is_string()) return "";
  return std::string(names->get_array()[0].get_string());
}

const json::value* ModelConfig::find(FieldNames names, std::string_view& found) const {
  for (const auto name : names) {
    found = name;
    if (const auto* value = find_member(fields_, name)) return value;
  }
  found = *names.begin();
  return nullptr;
}

std::optional<std::uint32_t> ModelConfig::find_count(FieldNames names) const {
  std::string_view name;
  const auto* value = find(names, name);
  if (!value) return std::nullopt;
  if (!value->is_int64() || value->get_int64() < 1 || value->get_int64() > kCountMax) {
    fail(name, "a whole number of at least 1");
  }
  return std::uint32_t(value->get_int64());
}

std::uint32_t ModelConfig::count(FieldNames names, std::uint32_t fallback) const {
  return find_count(names).value_or(fallback);
}

std::uint32_t ModelConfig::require_count(FieldNames names) const {
  const auto value = find_count(names);
  if (!value) fail(*names.begin(), "present");
  return *value;
}

std::optional<float> ModelConfig::find_number(FieldNames names) const {
  std::string_view name;
  const auto* value = find(names, name);
  if (!value) return std::nullopt;
  if (!value->is_number()) fail(name, "a number");
  const auto number = value->to_number<double>();
  if (!std::isfinite(number) || number < 0) fail(name, "a number that is not negative");
  return float(number);
}

float ModelConfig::number(FieldNames names, float fallback) const { return find_number(names).value_or(fallback); }

std::string ModelConfig::text(std::string_view name, std::string fallback) const {
  return string_member(fields_, name, std::move(fallback));
}

void ModelConfig::check_text(std::string_view name, FieldNames allowed) const {
  const auto* value = find_member(fields_, name);
  if (!value || (value->is_string() && std::ranges::count(allowed, std::string_view(value->get_string())))) return;
  std::string list;
  for (const auto text : allowed) list += (list.empty() ? "" : ", ") + std::string(text);
  throw Error(ErrorCode::unsupported,
              "config.json: this \"" + std::string(name) + "\" cannot be imported; " + list + " can");
}

ModelConfig ModelConfig::section(FieldNames names) const {
  std::string_view name;
  const auto* value = find(names, name);
  if (!value) return ModelConfig(json::object());
  if (!value->is_object()) fail(name, "an object");
  return ModelConfig(value->get_object());
}

}  // namespace fragua::models
