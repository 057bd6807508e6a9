#include "models/show.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "modelfile/modelfile.h"

namespace fragua::models {

namespace {

constexpr std::size_t kHeadersMax = 64;
constexpr std::uint64_t kShortArray = 5;  // longer ones are shown empty, as Ollama does
constexpr std::uint64_t kMaxSafeInteger = 1ull << 53;

json::value shown(const GgufScalar& value, bool verbose) {
  if (const auto* text = std::get_if<std::string>(&value)) return json::value(sanitized_utf8(*text));
  if (const auto* flag = std::get_if<bool>(&value)) return json::value(*flag);
  if (const auto* natural = std::get_if<std::uint64_t>(&value)) return json::value(*natural);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return json::value(*integer);
  if (const auto* array = std::get_if<GgufArray>(&value))
    return verbose || array->count <= kShortArray ? json::value(array->values) : json::value(json::array());
  const double real = std::get<double>(value);
  // Written without a fraction when it has none, as Go does: 1000000 and not 1E6.
  if (real == double(std::int64_t(std::clamp(real, -9e15, 9e15)))) return json::value(std::int64_t(real));
  return real == real ? json::value(real) : json::value();
}

json::object info_of(const GgufHeader& header, bool verbose) {
  json::object info;
  for (const auto& key : header.keys)
    if (key.key != "general.name" && key.key != "tokenizer.chat_template")
      info[sanitized_utf8(key.key)] = shown(key.value, verbose);
  const auto count = header.parameter_count();
  if (count > 0 && count < kMaxSafeInteger) info["general.parameter_count"] = count;
  return info;
}

json::array tensors_of(const GgufHeader& header) {
  json::array tensors;
  for (const auto& tensor : header.tensors) {
    json::array shape;
    for (std::uint32_t i = 0; i < std::max(tensor.dimensions, 1u); ++i) shape.push_back(tensor.shape[i]);
    tensors.push_back(
        {{"name", sanitized_utf8(tensor.name)}, {"type", layout_of(tensor.type)->name}, {"shape", std::move(shape)}});
  }
  return tensors;
}

void add(std::vector<std::string>& list, const std::string& item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

std::string text_of(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_double()) return fmt::format("{}", value.get_double());
  return to_json(value);
}

void add_parameter(std::vector<modelfile::Parameter>& parameters, std::string_view name, const json::value& value) {
  if (!value.is_array()) return parameters.push_back({std::string(name), text_of(value)});
  for (const auto& item : value.get_array()) parameters.push_back({std::string(name), text_of(item)});
}

std::vector<std::string> sorted_keys(const json::object& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object) keys.emplace_back(key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

std::shared_ptr<const GgufHeader> HeaderCache::get(const fs::path& blob) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = headers_.find(blob);
    if (found != headers_.end()) return found->second;
  }
  auto header = std::make_shared<const GgufHeader>(inspect_gguf(blob));
  const std::lock_guard lock(mutex_);
  if (headers_.emplace(blob, header).second) order_.push_back(blob);
  if (order_.size() > kHeadersMax) {
    headers_.erase(order_.front());
    order_.erase(order_.begin());
  }
  return header;
}

ModelDetails details_of(const ConfigBody& config, const std::string& parent_model) {
  return {parent_model,          config.model_format, config.model_family,
          config.model_families, config.model_type,   config.file_type};
}

std::vector<std::string> capabilities_of(const StoredModel& model, const BlobStore& blobs, HeaderCache& headers) {
  std::vector<std::string> result;
  for (const auto& capability : model.config.capabilities) add(result, capability);
  if (model.model_digest) {
    const auto facts = facts_of(*headers.get(blobs, *model.model_digest));
    // A Modelfile's own template decides what can be done with tools and thinking.
    const bool own_template = model.template_.has_value();
    for (const auto& capability : facts.capabilities)
      if (!own_template || (capability != "tools" && capability != "thinking")) add(result, capability);
  }
  if (!model.projectors.empty()) add(result, "vision");
  for (const auto& capability : go_template_capabilities(model.template_.value_or(""))) add(result, capability);
  return result;
}

std::string parameters_text(const json::object& parameters) {
  std::vector<std::string> lines;
  const auto line = [&](std::string_view name, const json::value& value) {
    const auto text = value.is_string() ? to_json(value) : text_of(value);
    lines.push_back(fmt::format("{:<30} {}", name, text));
  };
  for (const auto& name : sorted_keys(parameters)) {
    const auto& value = parameters.at(name);
    if (!value.is_array()) line(name, value);
    if (value.is_array())
      for (const auto& item : value.get_array()) line(name, item);
  }
  return join(lines, "\n");
}

std::string modelfile_text(const StoredModel& model, bool blob_paths) {
  modelfile::Modelfile file;
  if (blob_paths) {
    for (const auto& path : model.models) file.from.push_back(path.string());
    for (const auto& path : model.projectors) file.from.push_back(path.string());
    for (const auto& path : model.adapters) file.adapters.push_back(path.string());
  } else {
    file.from.push_back(model.name.display());
  }
  file.template_text = model.template_.value_or("");
  file.system = model.system;
  file.renderer = model.config.renderer;
  file.parser = model.config.parser;
  file.requires_version = model.config.requires_;
  for (const auto& name : sorted_keys(model.parameters))
    add_parameter(file.parameters, name, model.parameters.at(name));
  file.licenses = model.licenses;
  for (const auto& message : model.messages) file.messages.push_back({message.role, message.content});
  std::string head = "# Modelfile generated by \"fragua show\"\n";
  if (blob_paths) {
    head += "# To build a new Modelfile based on this, replace FROM with:\n# FROM " + model.name.display() + "\n";
  }
  return head + "\n" + modelfile::print(file);
}

ShowResult show(const StoredModel& model, const BlobStore& blobs, HeaderCache& headers, ShowOptions options) {
  ShowResult result;
  result.license = join(model.licenses, "\n");
  result.modelfile = modelfile_text(model, options.blob_paths);
  result.parameters = parameters_text(model.parameters);
  result.template_ = model.template_.value_or("");
  result.system = model.system;
  result.details = details_of(model.config, model.parent_model);
  result.messages = model.messages;
  result.capabilities = capabilities_of(model, blobs, headers);
  result.modified_at = model.modified_at;
  result.requires_ = model.config.requires_;
  result.renderer = model.config.renderer;
  result.parser = model.config.parser;
  const auto detail = options.verbose ? GgufDetail::all : GgufDetail::brief;
  if (!model.models.empty()) {
    const auto header = inspect_gguf(model.models.front(), detail);
    const auto facts = facts_of(header);
    result.model_info = info_of(header, options.verbose);
    if (options.verbose) result.tensors = tensors_of(header);
    if (!model.template_) result.template_ = facts.chat_template;
    if (result.details.quantization_level.empty() || result.details.quantization_level == "unknown")
      result.details.quantization_level = facts.file_type;
  }
  if (!model.projectors.empty())
    result.projector_info = info_of(inspect_gguf(model.projectors.front(), detail), options.verbose);
  return result;
}

}  // namespace fragua::models
