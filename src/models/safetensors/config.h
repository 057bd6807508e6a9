// ModelConfig: config.json with its synonyms, defaults and sane ranges. Callers: models/safetensors. Threads: any.
// Numbers outside of their range are Error(invalid_argument) that names the field; null counts as absent.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "models/safetensors/source_files.h"

namespace fragua::models {

using FieldNames = std::initializer_list<std::string_view>;  // synonyms, the first that is there counts

class ModelConfig {
 public:
  // Error: not_found without config.json, unsupported for weights that are quantized already.
  explicit ModelConfig(const SourceFiles& files);
  explicit ModelConfig(json::object fields) : fields_(std::move(fields)) {}

  // The first of "architectures"; empty when there is none.
  std::string architecture() const;
  const json::object& fields() const { return fields_; }

  std::uint32_t require_count(FieldNames names) const;
  std::uint32_t count(FieldNames names, std::uint32_t fallback) const;
  std::optional<std::uint32_t> find_count(FieldNames names) const;
  float number(FieldNames names, float fallback) const;
  std::optional<float> find_number(FieldNames names) const;
  std::string text(std::string_view name, std::string fallback = "") const;
  // Error: unsupported when the field is there and is none of these.
  void check_text(std::string_view name, FieldNames allowed) const;
  // An object, or an empty one.
  ModelConfig section(FieldNames names) const;

 private:
  const json::value* find(FieldNames names, std::string_view& found) const;

  json::object fields_;
};

}  // namespace fragua::models
