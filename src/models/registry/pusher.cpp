#include "models/registry/pusher.h"

#include "models/registry/blob_upload.h"

namespace fragua::models {

namespace {

struct ReadManifest {
  ModelStore* store;
  ModelName name;
  Manifest operator()() const {
    auto manifest = store->manifest_of(name);
    if (!manifest) throw Error(ErrorCode::not_found, "model '" + name.display() + "' not found");
    return *std::move(manifest);
  }
};

// Tells the bytes that are sent, at most once a tick and never backwards.
class UploadMeter {
 public:
  UploadMeter(ManifestLayer blob, ProgressSink sink, std::chrono::milliseconds tick)
      : blob_(std::move(blob)), sink_(std::move(sink)), tick_(tick) {}

  void at(std::uint64_t done) {
    const auto now = std::chrono::steady_clock::now();
    if (done <= told_ || (done < blob_.size && now - when_ < tick_)) return;
    told_ = done;
    when_ = now;
    sink_(blob_progress("pushing", blob_.digest, blob_.size, done));
  }

 private:
  ManifestLayer blob_;
  ProgressSink sink_;
  std::chrono::milliseconds tick_;
  std::uint64_t told_ = 0;
  std::chrono::steady_clock::time_point when_{};
};

}  // namespace

Task<> Pusher::push(PushRequest request, ProgressSink sink) {
  const auto executor = co_await asio::this_coro::executor;
  const CancelWatch watch(executor, request.cancelled, config_.limits.tick);
  sink({.status = "retrieving manifest"});
  auto reading = services_.pool.run(ReadManifest{&services_.store, request.name});
  const auto manifest = co_await std::move(reading);
  const auto endpoint = endpoint_of(request.name, request.insecure, config_);
  auto auth = std::make_shared<Authenticator>(endpoint, config_);
  const auto session =
      std::make_shared<RegistrySession>(executor, endpoint, std::move(auth), config_.limits, watch.flag());
  for (const auto& blob : manifest.blobs()) co_await push_blob(session, blob, sink);
  sink({.status = "pushing manifest"});
  co_await push_manifest(session, manifest);
  services_.log.info("registry.pushed", {{"model", request.name.display()}, {"bytes", manifest.size()}});
  sink({.status = "success"});
}

Task<> Pusher::push_blob(std::shared_ptr<RegistrySession> session, ManifestLayer blob, ProgressSink sink) {
  sink(blob_progress("pushing", blob.digest, blob.size, 0));
  const auto meter = std::make_shared<UploadMeter>(blob, std::move(sink), session->limits().tick);
  BytesListener listener = [meter](std::uint64_t done) { meter->at(done); };
  BlobUpload upload(*session, services_.store.blobs(), std::move(blob), services_.log);
  co_await upload.run(std::move(listener));
}

Task<> Pusher::push_manifest(std::shared_ptr<RegistrySession> session, Manifest manifest) {
  http::ClientRequest request;
  request.method = http::Method::put;
  request.url = session->endpoint().manifest_url();
  request.headers.emplace_back("Content-Type",
                               manifest.media_type.empty() ? std::string(media::kManifest) : manifest.media_type);
  request.body = manifest.bytes;
  request.max_answer_bytes = session->limits().answer_max_bytes;
  request.max_redirects = 0;
  auto answer = co_await session->call(std::move(request));
  if (session->stopped()) throw Error(ErrorCode::cancelled, "the push was cancelled");
  if (!answer) throw answer.error();
  if (answer->status < 200 || answer->status >= 300) throw error_of("push model manifest", *answer);
}

}  // namespace fragua::models
