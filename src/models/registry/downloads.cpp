#include "models/registry/downloads.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

namespace fragua::models {

// One who waits for a flight, for as long as this lives.
class Downloads::Seat {
 public:
  Seat(Downloads& downloads, std::shared_ptr<Flight> flight, Digest digest)
      : downloads_(downloads), flight_(std::move(flight)), digest_(std::move(digest)) {
    ++flight_->waiting;
  }
  ~Seat() { downloads_.leave(flight_, digest_); }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

 private:
  Downloads& downloads_;
  std::shared_ptr<Flight> flight_;
  Digest digest_;
};

std::shared_ptr<Downloads::Flight> Downloads::find(const Digest& digest) const {
  const auto found = flights_.find(digest);
  return found == flights_.end() ? nullptr : found->second;
}

// The download has a session of its own: it may outlive the pull that began it.
std::shared_ptr<Downloads::Flight> Downloads::start(const RegistrySession& session, const ManifestLayer& blob,
                                                    asio::any_io_executor executor) {
  auto stop = std::make_shared<bool>(false);
  auto own = std::make_unique<RegistrySession>(executor, session.endpoint(), session.auth(), session.limits(), stop);
  auto flight = std::make_shared<Flight>();
  flight->download = std::make_shared<BlobDownload>(services_, std::move(own), blob, stop);
  flights_[blob.digest] = flight;
  asio::co_spawn(executor, flight->download->run(), [this, flight, digest = blob.digest](std::exception_ptr error) {
    flight->failed = error;
    flight->done = true;
    forget(flight, digest);
  });
  return flight;
}

void Downloads::forget(const std::shared_ptr<Flight>& flight, const Digest& digest) {
  if (find(digest) == flight) flights_.erase(digest);
}

void Downloads::leave(const std::shared_ptr<Flight>& flight, const Digest& digest) {
  if (--flight->waiting > 0 || flight->done) return;
  flight->download->stop();
  forget(flight, digest);
}

Task<> Downloads::fetch(std::shared_ptr<RegistrySession> session, ManifestLayer blob, ProgressSink sink) {
  const auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor);
  std::optional<std::uint64_t> told;
  while (true) {
    auto flight = find(blob.digest);
    const bool own = !flight;
    if (own) flight = start(*session, blob, executor);
    const Seat seat(*this, flight, blob.digest);
    while (!flight->done && !session->stopped()) {
      const auto completed = flight->download->completed();
      if (told != completed) sink(blob_progress("pulling", blob.digest, blob.size, completed));
      told = completed;
      timer.expires_after(session->limits().tick);
      boost::system::error_code ignored;
      co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    if (session->stopped()) throw Error(ErrorCode::cancelled, "the pull was cancelled");
    if (!flight->failed) break;
    // Another pull's download failed, at its registry maybe, or with its credential: then it is our turn.
    if (own) std::rethrow_exception(flight->failed);
  }
  sink(blob_progress("pulling", blob.digest, blob.size, blob.size));
}

}  // namespace fragua::models
