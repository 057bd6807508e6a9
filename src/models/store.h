// ModelStore: the models on this disk, in Ollama's layout (manifests/<host>/<namespace>/<model>/<tag> and blobs/); an
// existing Ollama folder is used in place.
// Callers: api/, inference/, creator, registry/; on a worker. Threads: any.
// A manifest appears whole or not at all, and never before its blobs. Garbage collection never removes what any file
// below manifests/ names. A broken manifest is logged and skipped, never fatal and never deleted.
#pragma once
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "models/blob_store.h"
#include "models/manifest.h"
#include "models/name.h"

namespace fragua::models {

struct ModelEntry {
  ModelName name;
  Digest digest;  // of the manifest
  std::uint64_t size = 0;
  SystemTime modified_at;
  ConfigBody config;
};

struct StoredMessage {
  std::string role;
  std::string content;
};

struct StoredModel {
  ModelName name;  // as stored
  Manifest manifest;
  Digest digest;
  std::uint64_t size = 0;
  SystemTime modified_at;
  ConfigBody config;
  std::optional<std::string> template_;  // the Go template, when the model has one
  std::string system;
  json::object parameters;
  std::vector<StoredMessage> messages;
  std::vector<std::string> licenses;
  std::vector<fs::path> models;  // usually one; its blob is named by model_digest
  std::optional<Digest> model_digest;
  std::string parent_model;
  std::vector<fs::path> adapters;
  std::vector<fs::path> projectors;
};

struct GarbageReport {
  bool busy = false;  // someone is adding: nothing was done
  std::size_t blobs = 0;
  std::uint64_t bytes = 0;
};

class ModelStore {
 public:
  ModelStore(fs::path root, Log& log);
  ~ModelStore();
  ModelStore(const ModelStore&) = delete;
  ModelStore& operator=(const ModelStore&) = delete;

  BlobStore& blobs() { return blobs_; }
  const fs::path& root() const { return blobs_.root(); }

  std::vector<ModelEntry> list();  // newest first
  // Without regard to case. Error(corrupt) when the manifest or a layer that must be read is damaged or missing.
  std::optional<StoredModel> find(const ModelName& name);
  StoredModel require(const ModelName& name);  // Error(not_found, "model 'x' not found")
  // What `name` names now, even if its layers are damaged; nothing if it is not there or not a manifest.
  std::optional<Manifest> manifest_of(const ModelName& name) const;
  // The spelling under which it is stored; nothing when it is not.
  std::optional<ModelName> stored_name(const ModelName& name) const;
  // The spelling under which it is (or would be) stored.
  ModelName canonical(const ModelName& name) const;

  // The caller holds blobs().adding() since its first blob. Error(corrupt) when a blob that it names is not there.
  // Blobs that only the manifest before it named stay until remove_orphans or collect_garbage.
  void put(const ModelName& name, const Manifest& manifest);
  void copy(const ModelName& from, const ModelName& to);  // Error(not_found)
  // Error(not_found). With the blobs that nothing else names (left to collect_garbage while someone is adding).
  void remove(const ModelName& name);
  // The blobs that only `replaced` named (the caller no longer holds adding()).
  GarbageReport remove_orphans(const Manifest& replaced);
  // Removes blobs that no manifest names and that nobody touched for `grace`.
  GarbageReport collect_garbage(SystemTime now, std::chrono::seconds grace = std::chrono::hours(1));

 private:
  struct Cached;
  fs::path manifests() const { return root() / "manifests"; }
  std::vector<ModelName> stored_names();
  std::shared_ptr<const Cached> load(const ModelName& stored);
  StoredModel read_model(const ModelName& stored, const fs::path& file, SystemTime modified_at) const;
  GarbageReport remove_unnamed(const std::vector<Digest>& candidates);

  Log& log_;
  BlobStore blobs_;
  std::mutex mutex_;  // guards cache_
  std::map<std::string, std::shared_ptr<const Cached>> cache_;
};

}  // namespace fragua::models
