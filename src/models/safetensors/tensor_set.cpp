#include "models/safetensors/tensor_set.h"

#include <algorithm>
#include <set>

#include "base/error.h"

namespace fragua::models {

namespace {

constexpr const char* kIndex = "model.safetensors.index.json";

[[noreturn]] void fail_without_weights(const SourceFiles& files) {
  if (files.has("adapter_model.safetensors")) {
    throw Error(ErrorCode::unsupported,
                "this is a LoRA adapter in safetensors: convert it to a GGUF adapter and name that with ADAPTER");
  }
  for (const auto& [name, path] : files.all()) {
    if (name.starts_with("pytorch_model") || name.ends_with(".pt") || name.ends_with(".h5")) {
      throw Error(ErrorCode::unsupported, "the weights are in " + name + "; Fragua imports safetensors only");
    }
  }
  throw Error(ErrorCode::not_found, "no model.safetensors and no model.safetensors.index.json among the files");
}

std::map<std::string, std::string> read_index(const json::object& index) {
  const auto* weights = find_member(index, "weight_map");
  if (!weights || !weights->is_object()) {
    throw Error(ErrorCode::corrupt, std::string(kIndex) + " has no weight_map");
  }
  std::map<std::string, std::string> part_of;
  for (const auto& [tensor, part] : weights->get_object()) {
    if (!part.is_string()) throw Error(ErrorCode::corrupt, std::string(kIndex) + ": weight_map must name files");
    part_of[std::string(tensor)] = std::string(part.get_string());
  }
  return part_of;
}

std::set<std::string> part_names(const SourceFiles& files, const std::map<std::string, std::string>& part_of) {
  std::set<std::string> names;
  for (const auto& [tensor, part] : part_of) names.insert(part);
  if (!part_of.empty()) return names;
  for (const auto& [name, path] : files.all()) {
    if (name.starts_with("model") && name.ends_with(".safetensors") && name.find('/') == std::string::npos)
      names.insert(name);
  }
  return names;
}

std::map<std::string, std::string> by_name(const std::vector<LocatedTensor>& tensors) {
  std::map<std::string, std::string> part_of;
  for (const auto& [file, tensor] : tensors) {
    if (!part_of.emplace(tensor->name, file->shown()).second) {
      throw Error(ErrorCode::corrupt, "the tensor \"" + tensor->name + "\" is in two parts of the model");
    }
  }
  return part_of;
}

void check_index(const std::map<std::string, std::string>& index, const std::map<std::string, std::string>& found) {
  for (const auto& [tensor, part] : index) {
    const auto at = found.find(tensor);
    if (at == found.end() || at->second != part) {
      throw Error(ErrorCode::corrupt, part + " lacks the tensor \"" + tensor + "\" that the index says it has");
    }
  }
  for (const auto& [tensor, part] : found) {
    if (!index.contains(tensor)) {
      throw Error(ErrorCode::corrupt, "the index does not name the tensor \"" + tensor + "\"");
    }
  }
}

}  // namespace

TensorSet::TensorSet(const SourceFiles& files) {
  std::map<std::string, std::string> part_of;
  if (const auto index = files.find_object(kIndex)) part_of = read_index(*index);
  const auto names = part_names(files, part_of);
  if (names.empty()) fail_without_weights(files);
  if (names.size() > kPartsMax) throw Error(ErrorCode::too_large, "the model has too many parts");
  for (const auto& name : names) {
    if (!files.has(name)) throw Error(ErrorCode::not_found, "the part " + name + " of the model is missing");
  }
  for (const auto& name : names) add_part(files, name);
  const auto found = by_name(tensors_);
  if (!part_of.empty()) check_index(part_of, found);
}

void TensorSet::add_part(const SourceFiles& files, const std::string& name) {
  parts_.push_back(std::make_unique<SafetensorsFile>(files.path(name), name));
  const auto& part = *parts_.back();
  for (const auto& [tensor_name, tensor] : part.tensors()) tensors_.push_back({&part, &tensor});
}

}  // namespace fragua::models
