#include "models/create_layers.h"

#include <algorithm>

#include "base/error.h"

namespace fragua::models {

namespace {

constexpr std::uint64_t kParametersMaxBytes = 1u << 20;

// Sorted, so that the same parameters make the same blob.
json::object sorted(const json::object& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object) keys.emplace_back(key);
  std::sort(keys.begin(), keys.end());
  json::object result;
  for (const auto& key : keys) result[key] = object.at(key);
  return result;
}

json::object parse_parameters(const std::string& text) {
  try {
    auto value = parse_json(text);
    if (value.is_null()) return {};
    if (value.is_object()) return std::move(value.get_object());
  } catch (const Error& error) {
    throw Error(ErrorCode::corrupt, std::string("the base model's parameters are damaged: ") + error.what());
  }
  throw Error(ErrorCode::corrupt, "the base model's parameters are not an object");
}

}  // namespace

void LayerSet::inherit(const ManifestLayer& layer, const std::string& from) {
  blobs_.touch(layer.digest);
  Item item{layer};
  item.layer.from = from;
  items_.push_back(std::move(item));
}

void LayerSet::add(std::string_view media_type, const StoredBlob& blob) {
  items_.push_back({{std::string(media_type), blob.digest, blob.size, "", ""}, blob.created});
}

void LayerSet::replace(std::string_view media_type, const StoredBlob& blob) {
  const auto found =
      std::find_if(items_.begin(), items_.end(), [&](const auto& item) { return item.layer.media_type == media_type; });
  CHECK_THAT(found != items_.end());
  *found = {{std::string(media_type), blob.digest, blob.size, found->layer.from, ""}, blob.created};
}

void LayerSet::remove(std::string_view media_type) {
  std::erase_if(items_, [&](const auto& item) { return item.layer.media_type == media_type; });
}

void LayerSet::set_template(const std::string& text) {
  remove(media::kTemplate);
  remove(media::kPrompt);
  add(media::kTemplate, blobs_.put(text));
}

void LayerSet::set_system(const std::string& text) {
  remove(media::kSystem);
  if (!text.empty()) add(media::kSystem, blobs_.put(text));
}

void LayerSet::add_license(const std::string& text) {
  const auto blob = blobs_.put(text);
  const bool known = std::any_of(items_.begin(), items_.end(), [&](const auto& item) {
    return item.layer.media_type == media::kLicense && item.layer.digest == blob.digest;
  });
  if (!known) add(media::kLicense, blob);
}

void LayerSet::merge_parameters(const json::object& changes) {
  if (changes.empty()) return;
  json::object merged;
  if (const auto* layer = first(media::kParams))
    merged = parse_parameters(blobs_.read(layer->digest, kParametersMaxBytes));
  for (const auto& [key, value] : changes) merged[key] = value;
  remove(media::kParams);
  add(media::kParams, blobs_.put(to_json(sorted(merged)) + "\n"));
}

void LayerSet::set_messages(const std::vector<StoredMessage>& messages) {
  if (messages.empty()) return;
  json::array list;
  for (const auto& message : messages) list.push_back({{"role", message.role}, {"content", message.content}});
  remove(media::kMessages);
  add(media::kMessages, blobs_.put(to_json(list) + "\n"));
}

const ManifestLayer* LayerSet::first(std::string_view media_type) const {
  const auto found =
      std::find_if(items_.begin(), items_.end(), [&](const auto& item) { return item.layer.media_type == media_type; });
  return found == items_.end() ? nullptr : &found->layer;
}

std::size_t LayerSet::count(std::string_view media_type) const {
  return std::size_t(std::count_if(items_.begin(), items_.end(),
                                   [&](const auto& item) { return item.layer.media_type == media_type; }));
}

std::vector<std::string> LayerSet::statuses() const {
  std::vector<std::string> lines;
  for (const auto& item : items_)
    lines.push_back((item.created ? "creating new layer " : "using existing layer ") + item.layer.digest.text());
  return lines;
}

std::vector<ManifestLayer> LayerSet::take() {
  std::vector<ManifestLayer> layers;
  for (auto& item : items_) layers.push_back(std::move(item.layer));
  items_.clear();
  return layers;
}

}  // namespace fragua::models
