// BlobUpload: brings one blob of the store to a registry: not at all if it is there, by mounting it from the model it
// came from, else in chunks; both as the distribution specification has it (PATCH after PATCH, then PUT) and as
// Ollama's own registry does (each PATCH redirected to storage that takes a PUT). Callers: pusher. Threads: the
// transfer loop's only. A chunk that fails is sent again, bounded. The credential goes to the registry's own origin
// only, never to the storage behind it.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "models/blob_store.h"
#include "models/manifest.h"
#include "models/registry/blob_part.h"
#include "models/registry/session.h"

namespace fragua::models {

using BytesListener = std::function<void(std::uint64_t done_bytes)>;

class BlobUpload {
 public:
  // `progress` hears how many bytes are sent; it may go back when a chunk is sent again.
  BlobUpload(RegistrySession& session, const BlobStore& blobs, ManifestLayer blob, Log& log);
  ~BlobUpload();

  // Error: not_found (the blob is not in the store), unavailable, forbidden, cancelled, unsupported.
  Task<> run(BytesListener progress);

 private:
  class Source;
  Task<bool> is_there();
  Task<Result<void>> upload_once();
  // Where the first chunk goes; empty when the blob was mounted.
  Task<Result<std::string>> begin();
  Task<Result<void>> send_chunk(std::size_t index);
  Task<Result<void>> send_redirected(std::size_t index, std::string url);
  Task<Result<http::ClientResponse>> send_bytes(std::size_t index, http::ClientRequest request);
  Task<Result<void>> commit();
  Result<void> take_location(const http::ClientResponse& response);

  RegistrySession& session_;
  ManifestLayer blob_;
  Log& log_;
  std::shared_ptr<Source> source_;
  std::vector<BlobPart> chunks_;
  std::vector<std::string> md5_;
  std::string location_;
  BytesListener progress_;
};

}  // namespace fragua::models
