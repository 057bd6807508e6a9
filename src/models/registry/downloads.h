// Downloads: who downloads what right now, so that any number of pulls of one blob share one download.
// Callers: puller. Threads: the transfer loop's only. A download ends early only when the last one who wants it leaves.
#pragma once
#include <map>
#include <memory>

#include "models/registry/blob_download.h"
#include "models/registry/transfer_progress.h"

namespace fragua::models {

class Downloads {
 public:
  explicit Downloads(DownloadServices services) : services_(services) {}

  // Comes back when the blob is in the store. Tells progress at most once a tick, and only when there is some.
  // Error: as BlobDownload; cancelled when `session` is stopped.
  Task<> fetch(std::shared_ptr<RegistrySession> session, ManifestLayer blob, ProgressSink sink);
  std::size_t running() const { return flights_.size(); }

 private:
  struct Flight {
    std::shared_ptr<BlobDownload> download;
    std::size_t waiting = 0;
    bool done = false;
    std::exception_ptr failed;
  };
  class Seat;

  std::shared_ptr<Flight> find(const Digest& digest) const;
  std::shared_ptr<Flight> start(const RegistrySession& session, const ManifestLayer& blob,
                                asio::any_io_executor executor);
  void leave(const std::shared_ptr<Flight>& flight, const Digest& digest);
  void forget(const std::shared_ptr<Flight>& flight, const Digest& digest);

  DownloadServices services_;
  std::map<Digest, std::shared_ptr<Flight>> flights_;
};

}  // namespace fragua::models
