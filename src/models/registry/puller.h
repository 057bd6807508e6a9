// Puller: brings a model from an Ollama or OCI registry (or hf.co) into the store: manifest, blobs, check, manifest
// written last. Callers: registry. Threads: the transfer loop's only.
// Cancelled or failed: what is partly there waits for the next pull; no blob is visible before its hash, no model
// before all its blobs.
#pragma once
#include "models/registry/cancel_watch.h"
#include "models/registry/downloads.h"
#include "models/store.h"

namespace fragua::models {

struct PullRequest {
  ModelName name;
  bool insecure = false;
  Cancellation cancelled;
};

struct RegistryServices {
  ModelStore& store;
  WorkerPool& pool;
  Log& log;
};

class Puller {
 public:
  Puller(RegistryServices services, const RegistryConfig& config);

  // Error: not_found, cancelled, unavailable, forbidden, storage_full, corrupt.
  Task<> pull(PullRequest request, ProgressSink sink);

 private:
  Task<Manifest> fetch_manifest(std::shared_ptr<RegistrySession> session);
  Task<> fetch_blobs(std::shared_ptr<RegistrySession> session, Manifest manifest, ProgressSink sink);
  void require_space(const Manifest& manifest) const;
  bool present(const ManifestLayer& blob) const;

  RegistryServices services_;
  const RegistryConfig& config_;
  Downloads downloads_;
};

}  // namespace fragua::models
