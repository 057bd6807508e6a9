#include "models/registry/partial_blob.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "base/strings.h"

namespace fragua::models {

namespace {

constexpr std::uint64_t kBlockBytes = 512;  // the unit of st_blocks
constexpr std::uint64_t kStateMaxBytes = 4096;
constexpr std::size_t kStatesMax = 1u << 16;

Error full(std::uint64_t bytes) {
  return {ErrorCode::storage_full, "the disk of the models is full: " + human_bytes(bytes) +
                                       " more are needed; free some space and pull again, it goes on where it stopped"};
}

std::string small_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text(kStateMaxBytes, '\0');
  in.read(text.data(), std::streamsize(text.size()));
  text.resize(std::size_t(in.gcount()));
  return text;
}

// Whether the descriptor is still what the path names: an older download may have published or removed it.
bool still_named(int descriptor, const fs::path& path) {
  struct stat open_file {
  }, named{};
  return ::fstat(descriptor, &open_file) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         open_file.st_ino == named.st_ino && open_file.st_dev == named.st_dev;
}

}  // namespace

std::unique_ptr<PartialBlob> PartialBlob::open(const BlobStore& store, PartialPlan plan) {
  const auto path = store.partial_path(plan.digest);
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (descriptor < 0) throw_errno("cannot write", path, errno);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !still_named(descriptor, path)) {
    ::close(descriptor);
    return nullptr;
  }
  auto partial = std::make_unique<PartialBlob>(path, descriptor, std::move(plan));
  partial->require_space();
  if (!partial->load()) partial->restart();
  partial->resumed_ = partial->completed();
  return partial;
}

PartialBlob::PartialBlob(fs::path path, int descriptor, PartialPlan plan)
    : path_(std::move(path)), descriptor_(descriptor), plan_(std::move(plan)) {}

PartialBlob::~PartialBlob() {
  if (!forgotten_ && completed() > 0) record();
  if (!forgotten_ && completed() == 0) {
    remove_states();
    if (still_named(descriptor_, path_)) ::unlink(path_.c_str());
  }
  ::close(descriptor_);
}

fs::path PartialBlob::state_path(const BlobPart& part) const {
  return path_.string() + "-" + std::to_string(part.number);
}

std::uint64_t PartialBlob::completed() const {
  std::uint64_t sum = 0;
  for (const auto& part : parts_) sum += part.completed;
  return sum;
}

bool PartialBlob::complete() const {
  return std::all_of(parts_.begin(), parts_.end(), [](const auto& part) { return part.complete(); });
}

// The file has its full length from the first moment on: one of another length belongs to no state.
bool PartialBlob::load() {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0 || std::uint64_t(status.st_size) != plan_.size) return false;
  std::uint64_t covered = 0;
  while (covered < plan_.size && parts_.size() < kStatesMax) {
    auto part = parse_part(small_text(state_path({.number = parts_.size()})));
    if (!part || part->size == 0) return false;
    covered += part->size;
    parts_.push_back(*part);
  }
  if (!covers(parts_, plan_.size)) return false;
  recorded_.clear();
  for (const auto& part : parts_) recorded_.push_back(part.completed);
  return true;
}

void PartialBlob::restart() {
  remove_states();
  parts_ = plan_parts(plan_.size, plan_.bounds);
  recorded_.assign(parts_.size(), 0);
  resumed_ = 0;
  if (::ftruncate(descriptor_, 0) != 0 || ::ftruncate(descriptor_, off_t(plan_.size)) != 0)
    throw_errno("cannot write", path_, errno);
  for (auto& part : parts_) record(part);
}

// Nothing is reserved: a manifest's word for a size shall not fill the disk.
void PartialBlob::require_space() const {
  struct stat status {};
  struct statvfs disk {};
  if (::fstat(descriptor_, &status) != 0 || ::fstatvfs(descriptor_, &disk) != 0) return;
  const auto held = std::min(std::uint64_t(status.st_blocks) * kBlockBytes, plan_.size);
  const auto free = std::uint64_t(disk.f_bavail) * disk.f_frsize;
  if (plan_.size - held > free) throw full(plan_.size - held - free);
}

Result<void> PartialBlob::write(BlobPart& part, std::string_view bytes) {
  bytes = bytes.substr(0, part.left());
  while (!bytes.empty()) {
    const auto written = ::pwrite(descriptor_, bytes.data(), bytes.size(), off_t(part.position()));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && (errno == ENOSPC || errno == EDQUOT))
      return tl::unexpected<Error>(full(plan_.size - completed()));
    if (written < 0) return failure(ErrorCode::unavailable, "cannot write into the model store");
    part.completed += std::uint64_t(written);
    bytes.remove_prefix(std::size_t(written));
  }
  if (part.completed - recorded_[part.number] >= plan_.record_every_bytes) record(part);
  return {};
}

void PartialBlob::record() {
  for (auto& part : parts_)
    if (part.completed != recorded_[part.number]) record(part);
}

// The bytes first, then the word that they are there. A state that cannot be written costs its part a second download.
void PartialBlob::record(BlobPart& part) {
  if (part.completed > 0 && ::fdatasync(descriptor_) != 0) return;
  const auto path = state_path(part);
  const auto fresh = path.string() + ".new";
  {
    std::ofstream out(fresh, std::ios::binary | std::ios::trunc);
    out << to_text(part);
    if (!out.flush()) return;
  }
  if (::rename(fresh.c_str(), path.c_str()) == 0) recorded_[part.number] = part.completed;
}

void PartialBlob::merge() {
  std::uint64_t front = 0;
  for (const auto& part : parts_) {
    front += part.completed;
    if (!part.complete()) break;
  }
  remove_states();
  parts_ = {{.size = plan_.size, .completed = front}};
  recorded_.assign(1, 0);
  record(parts_[0]);
}

void PartialBlob::remove_states() {
  std::error_code ignored;
  for (std::uint64_t number = 0; number < kStatesMax; ++number) {
    const auto path = state_path({.number = number});
    fs::remove(path.string() + ".new", ignored);
    if (!fs::remove(path, ignored)) return;
  }
}

void PartialBlob::forget() {
  remove_states();
  forgotten_ = true;
}

}  // namespace fragua::models
