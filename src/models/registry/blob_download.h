// BlobDownload: brings one blob: its parts, several at once, each tried again where it stopped, then the hash, and only
// then it is visible. Callers: downloads (one per digest at a time). Threads: the transfer loop's only.
// Stopped or failed it leaves the partial blob for the next try; bytes that are not what the digest says are removed.
#pragma once
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>

#include "base/log.h"
#include "models/blob_store.h"
#include "models/manifest.h"
#include "models/registry/part_receiver.h"
#include "models/registry/session.h"
#include "runtime/pool.h"

namespace fragua::models {

struct DownloadServices {
  BlobStore& blobs;
  WorkerPool& pool;  // hashes
  Log& log;
};

class BlobDownload : public std::enable_shared_from_this<BlobDownload> {
 public:
  BlobDownload(DownloadServices services, std::unique_ptr<RegistrySession> session, ManifestLayer blob,
               std::shared_ptr<bool> stop);

  // Error: cancelled, unavailable, storage_full, corrupt, not_found, forbidden.
  Task<> run();
  void stop() { *stop_ = true; }
  std::uint64_t completed() const { return partial_ ? partial_->completed() : completed_; }
  std::uint64_t total() const { return blob_.size; }

 private:
  Task<> hold_partial();
  Task<> fetch();
  Task<> fetch_parts();
  static Task<> work(std::shared_ptr<BlobDownload> self);
  Task<> fetch_part(std::size_t index);
  Task<Result<void>> attempt(std::size_t index);
  Task<Result<void>> verify();
  void worker_ended(std::exception_ptr error);
  bool present() const;

  DownloadServices services_;
  std::unique_ptr<RegistrySession> session_;
  ManifestLayer blob_;
  std::shared_ptr<bool> stop_;
  std::unique_ptr<PartialBlob> partial_;
  std::uint64_t completed_ = 0;
  std::size_t next_part_ = 0;
  int workers_ = 0;
  bool ranges_ignored_ = false;
  std::exception_ptr failed_;
  std::unique_ptr<asio::steady_timer> all_ended_;
};

}  // namespace fragua::models
