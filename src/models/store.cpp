#include "models/store.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr std::uint64_t kLayerTextMaxBytes = 8ull << 20;     // a template, system text, licence, list of messages
constexpr std::uint64_t kAnyManifestMaxBytes = 64ull << 20;  // even one that is too large for a manifest
constexpr std::size_t kCacheMaxModels = 256;
constexpr std::size_t kDigestTextBytes = 71;  // sha256:<64 hex>

// What tells one version of a manifest file from another.
struct Stamp {
  ino_t inode = 0;
  off_t bytes = 0;
  std::int64_t modified_ns = 0;
  bool operator==(const Stamp&) const = default;
};

std::optional<Stamp> stamp_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return Stamp{status.st_ino, status.st_size, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
}

SystemTime time_of(const Stamp& stamp) {
  return SystemTime(std::chrono::duration_cast<SystemTime::duration>(std::chrono::nanoseconds(stamp.modified_ns)));
}

std::vector<std::string> sorted_entries(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

// The entries that are `name` but for case, the exact one first.
std::vector<std::string> matching_entries(const fs::path& folder, const std::string& name) {
  std::vector<std::string> result;
  for (auto& entry : sorted_entries(folder))
    if (equal_ignoring_case(entry, name)) result.push_back(std::move(entry));
  std::stable_partition(result.begin(), result.end(), [&](const auto& entry) { return entry == name; });
  return result;
}

// Every text that looks like a digest, in whatever format: nothing that a manifest might name is ever removed.
void add_digests(std::string_view text, std::set<Digest>& found) {
  for (auto at = text.find("sha256"); at != std::string_view::npos; at = text.find("sha256", at + 1))
    if (const auto digest = Digest::parse(text.substr(at, kDigestTextBytes))) found.insert(*digest);
}

// ".latest.AbC123": what a process left that died while it wrote a manifest.
bool is_leftover(const std::string& name) {
  const auto dot = name.rfind('.');
  return name.starts_with(".") && dot > 0 && name.size() - dot == 7;
}

// Under the exclusive lock, when nobody writes manifests. Error when one cannot be read: then nobody knows what it
// names.
std::set<Digest> named_digests(const fs::path& manifests) {
  std::set<Digest> named;
  std::error_code error;
  fs::recursive_directory_iterator entries(manifests, fs::directory_options::follow_directory_symlink, error);
  while (!error && entries != fs::recursive_directory_iterator()) {
    const auto path = entries->path();
    const bool is_file = entries->is_regular_file(error);
    if (is_file && is_leftover(path.filename().string())) {
      fs::remove(path, error);
    } else if (is_file) {
      add_digests(read_file(path, kAnyManifestMaxBytes), named);
    }
    entries.increment(error);
  }
  if (error) throw Error(ErrorCode::unavailable, "the folder of manifests cannot be read: " + error.message());
  return named;
}

std::vector<StoredMessage> read_messages(const json::value& value) {
  std::vector<StoredMessage> messages;
  if (!value.is_array()) throw Error(ErrorCode::corrupt, "the model's messages are not a list");
  for (const auto& item : value.get_array())
    if (item.is_object())
      messages.push_back({string_member(item.get_object(), "role"), string_member(item.get_object(), "content")});
  return messages;
}

json::value layer_json(const std::string& text, std::string_view what) {
  try {
    return parse_json(text);
  } catch (const Error& error) {
    throw Error(ErrorCode::corrupt, "the model's " + std::string(what) + " are damaged: " + error.what());
  }
}

json::object read_parameters(const std::string& text) {
  auto value = layer_json(text, "parameters");
  if (value.is_null()) return {};
  if (!value.is_object()) throw Error(ErrorCode::corrupt, "the model's parameters are not an object");
  return std::move(value.get_object());
}

void add_layer(const BlobStore& blobs, const ManifestLayer& layer, StoredModel& model) {
  const auto text = [&] { return blobs.read(layer.digest, kLayerTextMaxBytes); };
  const auto& type = layer.media_type;
  if (type == media::kModel) {
    if (!model.model_digest) model.model_digest = layer.digest;
    if (model.parent_model.empty()) model.parent_model = layer.from;
    model.models.push_back(blobs.path(layer.digest));
  } else if (type == media::kAdapter) {
    model.adapters.push_back(blobs.path(layer.digest));
  } else if (type == media::kProjector) {
    model.projectors.push_back(blobs.path(layer.digest));
  } else if (type == media::kTemplate || type == media::kPrompt) {
    model.template_ = text();
  } else if (type == media::kSystem) {
    model.system = text();
  } else if (type == media::kParams) {
    model.parameters = read_parameters(text());
  } else if (type == media::kMessages) {
    model.messages = read_messages(layer_json(text(), "messages"));
  } else if (type == media::kLicense) {
    model.licenses.push_back(text());
  }
}

// Under the exclusive lock: nobody is about to write a manifest into one of them.
void remove_empty_folders(const fs::path& folder) {
  std::error_code error;
  for (const auto& name : sorted_entries(folder)) {
    const auto inner = folder / name;
    if (!fs::is_directory(fs::symlink_status(inner, error))) continue;
    remove_empty_folders(inner);
    fs::remove(inner, error);  // only if it is empty now
  }
}

}  // namespace

struct ModelStore::Cached {
  Stamp stamp;
  StoredModel model;
};

ModelStore::ModelStore(fs::path root, Log& log) : log_(log), blobs_(std::move(root)) {
  std::error_code ignored;  // a folder that cannot be written is still read
  fs::create_directories(manifests(), ignored);
}

ModelStore::~ModelStore() = default;

std::optional<ModelName> ModelStore::stored_name(const ModelName& name) const {
  if (stamp_of(manifests() / name.filepath())) return name;
  const auto folder = manifests();
  for (const auto& host : matching_entries(folder, name.host))
    for (const auto& space : matching_entries(folder / host, name.namespace_))
      for (const auto& model : matching_entries(folder / host / space, name.model))
        for (const auto& tag : matching_entries(folder / host / space / model, name.tag))
          if (stamp_of(folder / host / space / model / tag))
            return ModelName{.host = host, .namespace_ = space, .model = model, .tag = tag, .scheme = name.scheme};
  return std::nullopt;
}

ModelName ModelStore::canonical(const ModelName& name) const {
  if (auto stored = stored_name(name)) return *std::move(stored);
  ModelName result = name;
  fs::path folder = manifests();
  for (auto* part : {&result.host, &result.namespace_, &result.model, &result.tag}) {
    const auto matches = matching_entries(folder, *part);
    if (!matches.empty()) *part = matches.front();
    folder /= *part;
  }
  return result;
}

StoredModel ModelStore::read_model(const ModelName& stored, const fs::path& file, SystemTime modified_at) const {
  auto manifest = Manifest::parse(read_file(file, kManifestMaxBytes));
  const auto digest = manifest.digest();
  const auto size = manifest.size();
  StoredModel model{
      .name = stored, .manifest = std::move(manifest), .digest = digest, .size = size, .modified_at = modified_at};
  if (model.manifest.config)
    model.config = ConfigBody::parse(blobs_.read(model.manifest.config->digest, kManifestMaxBytes));
  for (const auto& layer : model.manifest.layers) add_layer(blobs_, layer, model);
  return model;
}

std::shared_ptr<const ModelStore::Cached> ModelStore::load(const ModelName& stored) {
  const auto path = stored.filepath();
  const auto stamp = stamp_of(manifests() / path);
  if (!stamp) return nullptr;
  {
    const std::lock_guard lock(mutex_);
    const auto found = cache_.find(path);
    if (found != cache_.end() && found->second->stamp == *stamp) return found->second;
  }
  auto read = std::make_shared<const Cached>(Cached{*stamp, read_model(stored, manifests() / path, time_of(*stamp))});
  const std::lock_guard lock(mutex_);
  if (cache_.size() >= kCacheMaxModels) cache_.clear();
  cache_[path] = read;
  return read;
}

std::optional<StoredModel> ModelStore::find(const ModelName& name) {
  const auto stored = stored_name(name);
  const auto cached = stored ? load(*stored) : nullptr;
  if (!cached) return std::nullopt;
  return cached->model;
}

std::optional<Manifest> ModelStore::manifest_of(const ModelName& name) const {
  const auto stored = stored_name(name);
  if (!stored) return std::nullopt;
  try {
    return Manifest::parse(read_file(manifests() / stored->filepath(), kManifestMaxBytes));
  } catch (const Error&) {
    return std::nullopt;
  }
}

StoredModel ModelStore::require(const ModelName& name) {
  auto found = find(name);
  if (!found) throw Error(ErrorCode::not_found, "model '" + name.display() + "' not found");
  return *std::move(found);
}

std::vector<ModelName> ModelStore::stored_names() {
  std::vector<ModelName> names;
  const auto folder = manifests();
  for (const auto& host : sorted_entries(folder))
    for (const auto& space : sorted_entries(folder / host))
      for (const auto& model : sorted_entries(folder / host / space))
        for (const auto& tag : sorted_entries(folder / host / space / model)) {
          const auto relative = host + "/" + space + "/" + model + "/" + tag;
          const auto name = ModelName::from_filepath(relative);
          if (name) {
            names.push_back(*name);
          } else if (!tag.starts_with(".")) {
            log_.warn("models.bad_manifest_name", {{"name", json::value(sanitized_utf8(relative))}});
          }
        }
  return names;
}

std::vector<ModelEntry> ModelStore::list() {
  std::vector<ModelEntry> entries;
  for (const auto& name : stored_names()) {
    try {
      const auto cached = load(name);
      if (!cached) continue;
      const auto& model = cached->model;
      entries.push_back({name, model.digest, model.size, model.modified_at, model.config});
    } catch (const Error& error) {
      log_.warn("models.bad_manifest", {{"name", json::value(name.display())}, {"error", json::value(error.what())}});
    }
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.modified_at > b.modified_at; });
  return entries;
}

void ModelStore::put(const ModelName& name, const Manifest& manifest) {
  for (const auto& blob : manifest.blobs())
    if (!blobs_.has(blob.digest)) throw Error(ErrorCode::corrupt, "blob " + blob.digest.text() + " is missing");
  write_file_atomically(manifests() / canonical(name).filepath(), manifest.bytes);
}

void ModelStore::copy(const ModelName& from, const ModelName& to) {
  const auto lock = blobs_.adding();
  put(to, require(from).manifest);
}

void ModelStore::remove(const ModelName& name) {
  auto adding = std::optional(blobs_.adding());
  const auto stored = stored_name(name);
  if (!stored) throw Error(ErrorCode::not_found, "model '" + name.display() + "' not found");
  const auto file = manifests() / stored->filepath();
  std::set<Digest> named;
  add_digests(read_file(file, kAnyManifestMaxBytes), named);
  std::error_code error;
  if (!fs::remove(file, error)) throw_errno("cannot remove", file, error ? error.value() : ENOENT);
  {
    const std::lock_guard lock(mutex_);
    cache_.erase(stored->filepath());
  }
  adding.reset();
  remove_unnamed({named.begin(), named.end()});
}

GarbageReport ModelStore::remove_unnamed(const std::vector<Digest>& candidates) {
  GarbageReport report;
  const auto lock = StoreLock::try_exclusive(root());
  if (!lock) return GarbageReport{.busy = true};
  const auto named = named_digests(manifests());
  remove_empty_folders(manifests());
  for (const auto& digest : candidates) {
    if (named.contains(digest) || !blobs_.has(digest)) continue;
    const auto bytes = blobs_.size(digest);
    if (!blobs_.remove(digest)) continue;
    ++report.blobs;
    report.bytes += bytes;
  }
  return report;
}

GarbageReport ModelStore::remove_orphans(const Manifest& replaced) {
  std::vector<Digest> candidates;
  for (const auto& blob : replaced.blobs()) candidates.push_back(blob.digest);
  return remove_unnamed(candidates);
}

GarbageReport ModelStore::collect_garbage(SystemTime now, std::chrono::seconds grace) {
  std::vector<Digest> candidates;
  for (const auto& blob : blobs_.list())
    if (now - blob.modified_at > grace) candidates.push_back(blob.digest);
  const auto report = remove_unnamed(candidates);
  if (report.blobs > 0) log_.info("models.garbage_collected", {{"blobs", report.blobs}, {"bytes", report.bytes}});
  return report;
}

}  // namespace fragua::models
