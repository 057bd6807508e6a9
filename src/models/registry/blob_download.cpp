#include "models/registry/blob_download.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>

namespace fragua::models {

namespace {

// Less than this in one attempt is no progress: a registry that drips does not earn more attempts.
constexpr std::uint64_t kProgressBytes = 64 * 1024;

Error cancelled() { return {ErrorCode::cancelled, "the pull was cancelled"}; }

struct AdoptPartial {
  BlobStore* blobs;
  Digest digest;
  Result<void> operator()() const {
    return blobs->adopt_partial(digest).map([](const StoredBlob&) {});
  }
};

}  // namespace

BlobDownload::BlobDownload(DownloadServices services, std::unique_ptr<RegistrySession> session, ManifestLayer blob,
                           std::shared_ptr<bool> stop)
    : services_(services), session_(std::move(session)), blob_(std::move(blob)), stop_(std::move(stop)) {}

bool BlobDownload::present() const {
  return services_.blobs.has(blob_.digest) && services_.blobs.size(blob_.digest) == blob_.size;
}

Task<> BlobDownload::run() {
  const auto self = shared_from_this();
  co_await hold_partial();
  if (!partial_) co_return;
  services_.log.info("registry.download", {{"digest", blob_.digest.text()},
                                           {"bytes", blob_.size},
                                           {"parts", partial_->parts().size()},
                                           {"resumed_bytes", partial_->resumed()}});
  co_await fetch();
  auto stored = co_await verify();
  if (!stored && partial_->resumed() > 0 && !*stop_) {
    // What an earlier process left was damaged, maybe: once more, from nothing.
    services_.log.warn("registry.partial_damaged", {{"digest", blob_.digest.text()}});
    partial_->forget();
    partial_.reset();
    co_await hold_partial();
    if (!partial_) co_return;
    co_await fetch();
    stored = co_await verify();
  }
  partial_->forget();
  completed_ = blob_.size;
  partial_.reset();
  if (!stored) throw stored.error();
}

// Waits while another process downloads the same blob, and takes what it made.
Task<> BlobDownload::hold_partial() {
  const auto& limits = session_->limits();
  const PartialPlan plan{.digest = blob_.digest,
                         .size = blob_.size,
                         .bounds = {limits.part_min_bytes, limits.part_max_bytes},
                         .record_every_bytes = limits.record_every_bytes};
  asio::steady_timer timer(co_await asio::this_coro::executor);
  while (!*stop_) {
    if (present()) {
      completed_ = blob_.size;
      co_return;
    }
    partial_ = PartialBlob::open(services_.blobs, plan);
    if (partial_) co_return;
    timer.expires_after(limits.tick);
    boost::system::error_code ignored;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  throw cancelled();
}

Task<> BlobDownload::fetch() {
  co_await fetch_parts();
  if (!ranges_ignored_) co_return;
  services_.log.info("registry.no_ranges", {{"digest", blob_.digest.text()}});
  ranges_ignored_ = false;
  partial_->merge();
  co_await fetch_parts();
}

Task<> BlobDownload::fetch_parts() {
  const auto executor = co_await asio::this_coro::executor;
  const auto self = shared_from_this();
  next_part_ = 0;
  workers_ = int(std::min<std::size_t>(std::size_t(session_->limits().parts_at_once), partial_->parts().size()));
  all_ended_ = std::make_unique<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
  for (int worker = workers_; worker > 0; --worker)
    asio::co_spawn(executor, work(self), [self](std::exception_ptr error) { self->worker_ended(error); });
  while (workers_ > 0) {
    boost::system::error_code ignored;
    co_await all_ended_->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  partial_->record();
  if (failed_) std::rethrow_exception(failed_);
  if (*stop_) throw cancelled();
}

void BlobDownload::worker_ended(std::exception_ptr error) {
  if (error && !failed_) {
    failed_ = error;
    *stop_ = true;  // the other workers have nothing left to do
  }
  --workers_;
  all_ended_->cancel();
}

Task<> BlobDownload::work(std::shared_ptr<BlobDownload> self) {
  while (!*self->stop_ && !self->ranges_ignored_ && self->next_part_ < self->partial_->parts().size()) {
    const auto index = self->next_part_++;
    if (!self->partial_->parts()[index].complete()) co_await self->fetch_part(index);
  }
}

Task<> BlobDownload::fetch_part(std::size_t index) {
  int failures = 0;
  while (!*stop_ && !ranges_ignored_) {
    const auto before = partial_->parts()[index].completed;
    auto outcome = co_await attempt(index);
    const auto& part = partial_->parts()[index];
    if (outcome && part.complete()) co_return;
    if (!outcome && !is_transient(outcome.error())) throw outcome.error();
    if (*stop_ || ranges_ignored_) co_return;
    failures = part.completed - before >= kProgressBytes ? 1 : failures + 1;
    if (failures >= session_->limits().attempts_max)
      throw outcome ? Error(ErrorCode::unavailable, "the registry ends the blob before its end, again and again")
                    : outcome.error();
    services_.log.info("registry.retry", {{"digest", blob_.digest.text()},
                                          {"part", part.number},
                                          {"failures", failures},
                                          {"reason", outcome ? "ended early" : outcome.error().what()}});
    co_await session_->back_off(failures);
  }
}

// One request. A failure that is transient may be tried again; success without all the bytes as well.
Task<Result<void>> BlobDownload::attempt(std::size_t index) {
  const auto receiver = std::make_shared<PartReceiver>(*partial_, index, blob_.size, stop_);
  http::ClientRequest request;
  request.url = session_->endpoint().blob_url(blob_.digest);
  request.headers.emplace_back("Range", receiver->range());
  request.max_answer_bytes = receiver->answer_max_bytes();
  request.on_headers = [receiver](const http::ClientResponse& response) { return receiver->begin(response); };
  request.on_piece = [receiver](std::string_view bytes) { receiver->take(bytes); };
  auto answer = co_await session_->send(std::move(request));
  if (receiver->failure()) co_return tl::unexpected<Error>(*receiver->failure());
  if (receiver->ranges_ignored()) ranges_ignored_ = true;
  if (!answer) {
    // Our own stop, set for another part's failure, is no failure of this one.
    if (*stop_) co_return Result<void>();
    if (answer.error().code() == ErrorCode::too_large)
      co_return failure(ErrorCode::corrupt, "the registry sends more bytes than the blob has");
    co_return tl::unexpected<Error>(answer.error());
  }
  if (receiver->status() != 200 && receiver->status() != 206)
    co_return tl::unexpected<Error>(error_of("pull blob " + blob_.digest.text(), *answer));
  co_return Result<void>();
}

Task<Result<void>> BlobDownload::verify() {
  AdoptPartial adopt{&services_.blobs, blob_.digest};
  auto adopted = services_.pool.run(std::move(adopt));
  co_return co_await std::move(adopted);
}

}  // namespace fragua::models
