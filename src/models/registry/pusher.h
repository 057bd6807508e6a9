// Pusher: brings a model of the store to an Ollama or OCI registry: its blobs, then its manifest.
// Callers: registry. Threads: the transfer loop's only. Cancelled: the registry has some blobs and no manifest.
// Sends the manifest's bytes as they are, so that the model has the same digest there.
#pragma once
#include "models/registry/puller.h"

namespace fragua::models {

struct PushRequest {
  ModelName name;
  bool insecure = false;
  Cancellation cancelled;
};

class Pusher {
 public:
  Pusher(RegistryServices services, const RegistryConfig& config) : services_(services), config_(config) {}

  // Error: not_found (no such model here), cancelled, unavailable, forbidden, corrupt (a blob is missing), unsupported.
  Task<> push(PushRequest request, ProgressSink sink);

 private:
  Task<> push_blob(std::shared_ptr<RegistrySession> session, ManifestLayer blob, ProgressSink sink);
  Task<> push_manifest(std::shared_ptr<RegistrySession> session, Manifest manifest);

  RegistryServices services_;
  const RegistryConfig& config_;
};

}  // namespace fragua::models
