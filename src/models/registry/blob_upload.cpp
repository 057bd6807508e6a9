#include "models/registry/blob_upload.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/strings.h"
#include "models/name.h"
#include "models/registry/md5.h"

namespace fragua::models {

namespace {

constexpr const char* kBytes = "application/octet-stream";

std::string action_of(const ManifestLayer& blob) { return "push blob " + blob.digest.text(); }

std::string upload_location(const http::ClientResponse& response) {
  const auto own = response.header("Docker-Upload-Location");
  return std::string(own.empty() ? response.header("Location") : own);
}

Error cancelled() { return {ErrorCode::cancelled, "the push was cancelled"}; }

}  // namespace

// The blob's file, read chunk by chunk, with the MD5 of what was read.
class BlobUpload::Source {
 public:
  Source(const BlobStore& blobs, const ManifestLayer& blob) {
    descriptor_ = ::open(blobs.path(blob.digest).c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0 || std::uint64_t(status.st_size) != blob.size)
      throw Error(ErrorCode::corrupt,
                  action_of(blob) + ": it is missing or damaged in the model store; pull or create the model again");
  }
  ~Source() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  void begin(const BlobPart& chunk) {
    at_ = chunk.offset;
    end_ = chunk.offset + chunk.size;
    md5_ = std::make_unique<Md5>();
  }
  // 0 at the chunk's end, and when the disk fails: then the request is too short and fails as well.
  std::size_t read(char* to, std::size_t bytes) {
    const auto wanted = std::size_t(std::min<std::uint64_t>(bytes, end_ - at_));
    ssize_t got = -1;
    do got = ::pread(descriptor_, to, wanted, off_t(at_));
    while (got < 0 && errno == EINTR);
    if (got <= 0) return 0;
    md5_->update({to, std::size_t(got)});
    at_ += std::uint64_t(got);
    return std::size_t(got);
  }
  std::uint64_t position() const { return at_; }
  bool at_end() const { return at_ == end_; }
  std::string md5() { return md5_->digest(); }

 private:
  int descriptor_ = -1;
  std::uint64_t at_ = 0;
  std::uint64_t end_ = 0;
  std::unique_ptr<Md5> md5_;
};

BlobUpload::BlobUpload(RegistrySession& session, const BlobStore& blobs, ManifestLayer blob, Log& log)
    : session_(session),
      blob_(std::move(blob)),
      log_(log),
      source_(std::make_shared<Source>(blobs, blob_)),
      chunks_(plan_parts(blob_.size, {session.limits().chunk_min_bytes, session.limits().chunk_max_bytes})),
      md5_(chunks_.size()) {}

BlobUpload::~BlobUpload() = default;

Task<> BlobUpload::run(BytesListener progress) {
  progress_ = std::move(progress);
  const bool there = co_await is_there();
  for (int failures = 1; !there; ++failures) {
    auto uploaded = co_await upload_once();
    if (session_.stopped()) throw cancelled();
    if (uploaded) break;
    if (!is_transient(uploaded.error()) || failures >= session_.limits().attempts_max) throw uploaded.error();
    log_.info("registry.retry",
              {{"digest", blob_.digest.text()}, {"failures", failures}, {"reason", uploaded.error().what()}});
    co_await session_.back_off(failures);
  }
  progress_(blob_.size);
}

Task<bool> BlobUpload::is_there() {
  http::ClientRequest request;
  request.method = http::Method::head;
  request.url = session_.endpoint().blob_url(blob_.digest);
  request.max_answer_bytes = session_.limits().answer_max_bytes;
  auto answer = co_await session_.call(std::move(request));
  if (session_.stopped()) throw cancelled();
  if (!answer) throw answer.error();
  if (answer->status == 200) co_return true;
  if (answer->status != 404) throw error_of(action_of(blob_), *answer);
  co_return false;
}

Task<Result<void>> BlobUpload::upload_once() {
  auto begun = co_await begin();
  if (!begun) co_return tl::unexpected<Error>(begun.error());
  if (begun->empty()) co_return Result<void>();
  location_ = *std::move(begun);
  for (std::size_t index = 0; index < chunks_.size(); ++index) {
    if (chunks_[index].size == 0) continue;  // an empty blob is all commit
    auto sent = co_await send_chunk(index);
    if (!sent) co_return sent;
  }
  co_return co_await commit();
}

Task<Result<std::string>> BlobUpload::begin() {
  http::ClientRequest request;
  request.method = http::Method::post;
  request.url = session_.endpoint().uploads_url();
  if (const auto from = ModelName::parse(blob_.from)) {
    request.url = with_query(std::move(request.url), "mount", blob_.digest.text());
    request.url = with_query(std::move(request.url), "from", from->namespace_ + "/" + from->model);
  }
  request.headers.emplace_back("Content-Length", "0");
  request.max_answer_bytes = session_.limits().answer_max_bytes;
  request.max_redirects = 0;
  auto answer = co_await session_.call(std::move(request));
  if (!answer) co_return tl::unexpected<Error>(answer.error());
  if (answer->status == 201) co_return std::string();
  if (answer->status != 202) co_return tl::unexpected<Error>(error_of(action_of(blob_), *answer));
  location_ = session_.endpoint().uploads_url();
  if (auto taken = take_location(*answer); !taken) co_return tl::unexpected<Error>(taken.error());
  co_return location_;
}

Result<void> BlobUpload::take_location(const http::ClientResponse& response) {
  auto next = resolve_location(location_, upload_location(response));
  if (!next)
    return failure(ErrorCode::corrupt, action_of(blob_) + ": the registry does not say where the upload goes on");
  location_ = *std::move(next);
  return {};
}

Task<Result<http::ClientResponse>> BlobUpload::send_bytes(std::size_t index, http::ClientRequest request) {
  const auto& chunk = chunks_[index];
  source_->begin(chunk);
  request.headers.emplace_back("Content-Type", kBytes);
  request.upload = [source = source_, progress = progress_](char* to, std::size_t bytes) {
    const auto got = source->read(to, bytes);
    progress(source->position());
    return got;
  };
  request.upload_bytes = chunk.size;
  request.max_answer_bytes = session_.limits().answer_max_bytes;
  request.max_redirects = 0;
  co_return co_await session_.send(std::move(request));
}

Task<Result<void>> BlobUpload::send_chunk(std::size_t index) {
  const auto& chunk = chunks_[index];
  http::ClientRequest request;
  request.method = http::Method::patch;
  request.url = location_;
  request.headers.emplace_back("Content-Range",
                               std::to_string(chunk.offset) + "-" + std::to_string(chunk.offset + chunk.size - 1));
  request.headers.emplace_back("X-Redirect-Uploads", "1");
  auto answer = co_await send_bytes(index, std::move(request));
  if (!answer) co_return tl::unexpected<Error>(answer.error());
  if (answer->status == 307) {
    const auto storage = resolve_location(location_, answer->header("Location"));
    if (!storage) co_return failure(ErrorCode::corrupt, action_of(blob_) + ": the registry redirects to nowhere");
    if (answer->header("Docker-Upload-Location").empty())
      co_return failure(ErrorCode::corrupt, action_of(blob_) + ": the registry does not say where the upload goes on");
    if (auto taken = take_location(*answer); !taken) co_return taken;
    co_return co_await send_redirected(index, *storage);
  }
  // 401: the session has a fresh token by now; the upload begins again.
  if (answer->status == 401) co_return failure(ErrorCode::unavailable, action_of(blob_) + ": the token had expired");
  if (answer->status != 202 && answer->status != 204 && answer->status != 201)
    co_return tl::unexpected<Error>(error_of(action_of(blob_), *answer));
  if (!source_->at_end()) co_return failure(ErrorCode::unavailable, action_of(blob_) + ": the upload ended early");
  md5_[index] = source_->md5();
  co_return take_location(*answer);
}

Task<Result<void>> BlobUpload::send_redirected(std::size_t index, std::string url) {
  for (int failures = 1;; ++failures) {
    http::ClientRequest request;
    request.method = http::Method::put;
    request.url = url;
    auto answer = co_await send_bytes(index, std::move(request));
    if (answer && answer->status >= 200 && answer->status < 300 && source_->at_end()) {
      md5_[index] = source_->md5();
      co_return Result<void>();
    }
    const auto error = answer ? error_of(action_of(blob_), *answer) : answer.error();
    if (!is_transient(error) || session_.stopped() || failures >= session_.limits().attempts_max)
      co_return tl::unexpected<Error>(error);
    co_await session_.back_off(failures);
  }
}

Task<Result<void>> BlobUpload::commit() {
  std::string all;
  for (const auto& part : md5_) all += part;
  Md5 etag;
  etag.update(all);
  http::ClientRequest request;
  request.method = http::Method::put;
  request.url = with_query(location_, "digest", blob_.digest.text());
  request.url =
      with_query(std::move(request.url), "etag", to_hex(etag.digest()) + "-" + std::to_string(chunks_.size()));
  request.headers.emplace_back("Content-Type", kBytes);
  request.headers.emplace_back("Content-Length", "0");
  request.max_answer_bytes = session_.limits().answer_max_bytes;
  request.max_redirects = 0;
  auto answer = co_await session_.call(std::move(request));
  if (!answer) co_return tl::unexpected<Error>(answer.error());
  if (answer->status != 201 && answer->status != 200 && answer->status != 204)
    co_return tl::unexpected<Error>(error_of(action_of(blob_), *answer));
  co_return Result<void>();
}

}  // namespace fragua::models
