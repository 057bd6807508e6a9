#include "models/registry/puller.h"

#include <sys/statvfs.h>

#include "base/strings.h"
#include "models/registry/hugging_face.h"

namespace fragua::models {

namespace {

// The store's calls that block on the disk or a lock, for a worker. Function objects: gcc 12 mishandles capturing
// lambdas in coroutines.
struct BeginAdding {
  ModelStore* store;
  std::optional<StoreLock> operator()() const { return store->blobs().adding(); }
};

// Names the model; gives back the manifest that stood there before.
struct PutManifest {
  ModelStore* store;
  ModelName name;
  Manifest manifest;
  std::optional<Manifest> operator()() const {
    auto before = store->manifest_of(name);
    store->put(name, manifest);
    return before;
  }
};

struct RemoveOrphans {
  ModelStore* store;
  Manifest replaced;
  void operator()() const { store->remove_orphans(replaced); }
};

}  // namespace

Puller::Puller(RegistryServices services, const RegistryConfig& config)
    : services_(services), config_(config), downloads_({services.store.blobs(), services.pool, services.log}) {}

Task<> Puller::pull(PullRequest request, ProgressSink sink) {
  const auto executor = co_await asio::this_coro::executor;
  const CancelWatch watch(executor, request.cancelled, config_.limits.tick);
  const auto endpoint = endpoint_of(request.name, request.insecure, config_);
  auto auth = std::make_shared<Authenticator>(endpoint, config_);
  const auto session =
      std::make_shared<RegistrySession>(executor, endpoint, std::move(auth), config_.limits, watch.flag());

  sink({.status = "pulling manifest"});
  auto manifest = co_await fetch_manifest(session);
  require_space(manifest);
  std::optional<Manifest> before;
  {
    auto adding = services_.pool.run(BeginAdding{&services_.store});
    const auto lock = co_await std::move(adding);
    co_await fetch_blobs(session, manifest, sink);
    sink({.status = "verifying sha256 digest"});
    sink({.status = "writing manifest"});
    auto put = services_.pool.run(PutManifest{&services_.store, request.name, manifest});
    before = co_await std::move(put);
  }
  if (before && before->bytes != manifest.bytes) {
    sink({.status = "removing unused layers"});
    auto removed = services_.pool.run(RemoveOrphans{&services_.store, *std::move(before)});
    co_await std::move(removed);
  }
  services_.log.info("registry.pulled", {{"model", request.name.display()}, {"bytes", manifest.size()}});
  sink({.status = "success"});
}

Task<Manifest> Puller::fetch_manifest(std::shared_ptr<RegistrySession> session) {
  http::ClientRequest request;
  request.url = session->endpoint().manifest_url();
  request.headers.emplace_back("Accept", std::string(media::kManifest));
  request.max_answer_bytes = kManifestMaxBytes;
  auto answer = co_await session->call(std::move(request));
  if (!answer) throw Error(answer.error().code(), std::string("pull model manifest: ") + answer.error().what());
  if (answer->status != 200)
    throw session->endpoint().hub ? hub_error(*answer) : error_of("pull model manifest", *answer);
  const auto encoding = answer->header("Content-Encoding");
  if (!encoding.empty() && encoding != "identity")
    throw Error(ErrorCode::corrupt, "pull model manifest: the registry compresses it, which nobody asked for");
  auto manifest = Manifest::parse(std::move(answer->body));
  const auto empty = Digest::of("");
  for (const auto& blob : manifest.blobs())
    if (blob.size == 0 && blob.digest != empty)
      throw Error(ErrorCode::corrupt, "damaged manifest: no size for " + blob.digest.text());
  co_return manifest;
}

Task<> Puller::fetch_blobs(std::shared_ptr<RegistrySession> session, Manifest manifest, ProgressSink sink) {
  for (const auto& blob : manifest.blobs()) {
    if (present(blob)) {
      services_.store.blobs().touch(blob.digest);
      sink(blob_progress("pulling", blob.digest, blob.size, blob.size));
      continue;
    }
    co_await downloads_.fetch(session, blob, sink);
  }
}

bool Puller::present(const ManifestLayer& blob) const {
  const auto& blobs = services_.store.blobs();
  return blobs.has(blob.digest) && blobs.size(blob.digest) == blob.size;
}

// Early, so that nobody downloads for an hour to hear that the last layer does not fit. What is partly there counts as
// missing here; PartialBlob looks closer.
void Puller::require_space(const Manifest& manifest) const {
  std::uint64_t missing = 0;
  for (const auto& blob : manifest.blobs()) {
    if (present(blob)) continue;
    std::error_code error;
    const bool begun = fs::exists(services_.store.blobs().partial_path(blob.digest), error);
    if (!begun) missing += blob.size;
  }
  struct statvfs disk {};
  if (::statvfs(services_.store.root().c_str(), &disk) != 0) return;
  const auto free = std::uint64_t(disk.f_bavail) * disk.f_frsize;
  if (missing > free)
    throw Error(ErrorCode::storage_full, "the disk of the models is full: the model needs " + human_bytes(missing) +
                                             ", " + human_bytes(free) + " are free");
}

}  // namespace fragua::models
