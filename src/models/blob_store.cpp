#include "models/blob_store.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace fragua::models {

namespace {

constexpr std::size_t kCopyBytes = 1u << 20;
constexpr std::string_view kScratchPrefix = ".fragua-";
constexpr std::string_view kPartialMark = "-partial";
constexpr std::chrono::hours kPartialLife{24 * 7};

// Closes a descriptor on scope exit.
struct OpenFile {
  int descriptor = -1;
  explicit OpenFile(int opened) : descriptor(opened) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

void write_all(int descriptor, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("cannot write", path, errno);
    bytes.remove_prefix(std::size_t(written));
  }
}

void sync_folder(const fs::path& folder) {
  const OpenFile opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.descriptor >= 0) ::fsync(opened.descriptor);
}

struct Hashed {
  std::string hex;
  std::uint64_t bytes = 0;
};

// From the descriptor's position to its end; copies to `copy_to` on the way unless that is negative.
Hashed hash_descriptor(int descriptor, const fs::path& path, int copy_to, const ByteProgress& progress) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_errno("cannot read", path, errno);
  Sha256 hash;
  Hashed result;
  std::string buffer(kCopyBytes, '\0');
  while (true) {
    const auto got = ::read(descriptor, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw_errno("cannot read", path, errno);
    if (got == 0) break;
    const std::string_view part(buffer.data(), std::size_t(got));
    hash.update(part);
    if (copy_to >= 0) write_all(copy_to, part, path);
    result.bytes += part.size();
    if (progress) progress(result.bytes, std::max<std::uint64_t>(result.bytes, std::uint64_t(status.st_size)));
  }
  result.hex = hash.hex();
  return result;
}

bool same_moment(const struct stat& a, const struct stat& b) {
  return a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

}  // namespace

StoreLock StoreLock::acquire(const fs::path& root, Kind kind) {
  const auto path = root / ".fragua.lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) throw_errno("cannot lock the model store:", path, errno);
  StoreLock lock(descriptor);
  while (::flock(descriptor, kind == Kind::shared ? LOCK_SH : LOCK_EX) != 0)
    if (errno != EINTR) throw_errno("cannot lock the model store:", path, errno);
  return lock;
}

std::optional<StoreLock> StoreLock::try_exclusive(const fs::path& root) {
  const auto path = root / ".fragua.lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return std::nullopt;
  StoreLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) return std::nullopt;
  return lock;
}

StoreLock::StoreLock(StoreLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

StoreLock::~StoreLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

ScratchFile::ScratchFile(ScratchFile&& other) noexcept
    : path_(std::exchange(other.path_, {})), descriptor_(std::exchange(other.descriptor_, -1)) {}

ScratchFile::~ScratchFile() {
  std::error_code ignored;  // the next one to open the store tries again
  if (!path_.empty()) fs::remove_all(path_, ignored);
  if (descriptor_ >= 0) ::close(descriptor_);
}

BlobWriter::BlobWriter(BlobStore& store, ScratchFile scratch, std::uint64_t max_bytes)
    : store_(store), scratch_(std::move(scratch)), max_bytes_(max_bytes) {}

void BlobWriter::write(std::string_view bytes) {
  if (bytes.size() > max_bytes_ - written_)
    throw Error(ErrorCode::too_large, "more bytes than the " + std::to_string(max_bytes_) + " that were announced");
  write_all(scratch_.descriptor(), bytes, scratch_.path());
  hash_.update(bytes);
  written_ += bytes.size();
}

StoredBlob BlobWriter::commit() { return publish(*Digest::parse("sha256:" + hash_.hex())); }

Result<StoredBlob> BlobWriter::commit_as(const Digest& expected) {
  const auto digest = *Digest::parse("sha256:" + hash_.hex());
  if (digest != expected)
    return failure(ErrorCode::corrupt,
                   "digest mismatch, expected \"" + expected.text() + "\", got \"" + digest.text() + "\"");
  return publish(digest);
}

StoredBlob BlobWriter::publish(const Digest& digest) {
  const ScratchFile scratch = std::move(scratch_);
  // Space that was reserved and not used goes back.
  if (::ftruncate(scratch.descriptor(), off_t(written_)) != 0 || ::fsync(scratch.descriptor()) != 0)
    throw_errno("cannot write", scratch.path(), errno);
  return {digest, written_, store_.publish(scratch.path(), digest)};
}

BlobStore::BlobStore(fs::path root) : root_(std::move(root)) {
  std::error_code ignored;  // a folder that cannot be written is still read
  fs::create_directories(root_ / "blobs", ignored);
  clean_leftovers();
}

bool BlobStore::has(const Digest& digest) const {
  std::error_code error;
  return fs::is_regular_file(path(digest), error);
}

fs::path BlobStore::path(const Digest& digest) const { return root_ / "blobs" / digest.file_name(); }

fs::path BlobStore::partial_path(const Digest& digest) const {
  return root_ / "blobs" / (digest.file_name() + std::string(kPartialMark));
}

std::uint64_t BlobStore::size(const Digest& digest) const {
  std::error_code error;
  const auto bytes = fs::file_size(path(digest), error);
  if (error) throw Error(ErrorCode::not_found, "blob " + digest.text() + " not found");
  return bytes;
}

std::string BlobStore::read(const Digest& digest, std::uint64_t max_bytes) const {
  return read_file(path(digest), max_bytes);
}

std::vector<BlobInfo> BlobStore::list() const {
  std::vector<BlobInfo> result;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root_ / "blobs", error)) {
    const auto name = entry.path().filename().string();
    const auto digest = Digest::parse(name);
    struct stat status {};
    if (!digest || digest->file_name() != name || ::stat(entry.path().c_str(), &status) != 0) continue;
    const auto since_epoch =
        std::chrono::seconds(status.st_mtim.tv_sec) + std::chrono::nanoseconds(status.st_mtim.tv_nsec);
    result.push_back({*digest, std::uint64_t(status.st_size),
                      SystemTime(std::chrono::duration_cast<SystemTime::duration>(since_epoch))});
  }
  return result;
}

StoredBlob BlobStore::put(std::string_view bytes) {
  const auto digest = Digest::of(bytes);
  if (has(digest)) {
    touch(digest);
    return {digest, bytes.size(), false};
  }
  auto writing = writer(bytes.size());
  writing.write(bytes);
  return writing.commit();
}

// The scratch file appears and is flocked under the shared lock, and is cleaned up only under the exclusive one: a
// cleaner never sees it between the two.
ScratchFile BlobStore::scratch() {
  const auto lock = adding();
  std::string pattern = (root_ / "blobs" / (std::string(kScratchPrefix) + "XXXXXX")).string();
  const int descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (descriptor < 0) throw_errno("cannot write into the model store:", root_ / "blobs", errno);
  ScratchFile scratch(pattern, descriptor);
  if (::flock(descriptor, LOCK_SH) != 0 || ::fchmod(descriptor, 0644) != 0)
    throw_errno("cannot write into the model store:", scratch.path(), errno);
  return scratch;
}

ScratchFile BlobStore::scratch_folder() {
  const auto lock = adding();
  std::string pattern = (root_ / "blobs" / (std::string(kScratchPrefix) + "XXXXXX")).string();
  if (!::mkdtemp(pattern.data())) throw_errno("cannot write into the model store:", root_ / "blobs", errno);
  ScratchFile scratch(pattern, ::open(pattern.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (scratch.descriptor() < 0 || ::flock(scratch.descriptor(), LOCK_SH) != 0)
    throw_errno("cannot write into the model store:", scratch.path(), errno);
  return scratch;
}

BlobWriter BlobStore::writer(std::optional<std::uint64_t> expected_bytes) {
  auto file = scratch();
  // Not every file system reserves; only "full" is an answer.
  if (expected_bytes.value_or(0) > 0 &&
      ::fallocate(file.descriptor(), FALLOC_FL_KEEP_SIZE, 0, off_t(*expected_bytes)) != 0 && errno == ENOSPC)
    throw_errno("cannot write", file.path(), ENOSPC);
  return {*this, std::move(file), expected_bytes.value_or(UINT64_MAX)};
}

StoredBlob BlobStore::import_file(const fs::path& source, const ByteProgress& progress) {
  const OpenFile from(::open(source.c_str(), O_RDONLY | O_CLOEXEC));
  if (from.descriptor < 0) throw_errno("cannot read", source, errno);
  struct stat status {};
  if (::fstat(from.descriptor, &status) != 0 || !S_ISREG(status.st_mode))
    throw Error(ErrorCode::invalid_argument, source.filename().string() + " is not a regular file");
  auto file = scratch();
  if (::ioctl(file.descriptor(), FICLONE, from.descriptor) == 0) return adopt(std::move(file), progress);
  if (const auto linked = link_scratch(source, file.path().string() + "-link"))
    return adopt_link(source, *linked, progress);
  const auto hashed = hash_descriptor(from.descriptor, source, file.descriptor(), progress);
  if (::fsync(file.descriptor()) != 0) throw_errno("cannot write", source, errno);
  const auto digest = *Digest::parse("sha256:" + hashed.hex);
  return {digest, hashed.bytes, publish(file.path(), digest)};
}

std::optional<ScratchFile> BlobStore::link_scratch(const fs::path& source, const fs::path& link) {
  const auto lock = adding();
  std::error_code error;
  const auto file = fs::canonical(source, error);  // the file, not a symbolic link to it
  if (!error) fs::create_hard_link(file, link, error);
  if (error) return std::nullopt;
  ScratchFile linked(link, ::open(link.c_str(), O_RDONLY | O_CLOEXEC));
  if (linked.descriptor() < 0 || ::flock(linked.descriptor(), LOCK_SH | LOCK_NB) != 0) return std::nullopt;
  return linked;
}

StoredBlob BlobStore::adopt_link(const fs::path& source, const ScratchFile& linked, const ByteProgress& progress) {
  struct stat before {
  }, after{};
  if (::fstat(linked.descriptor(), &before) != 0) throw_errno("cannot read", source, errno);
  const auto hashed = hash_descriptor(linked.descriptor(), source, -1, progress);
  if (::fstat(linked.descriptor(), &after) != 0 || !same_moment(before, after))
    throw Error(ErrorCode::conflict, source.filename().string() + " changed while it was imported");
  const auto digest = *Digest::parse("sha256:" + hashed.hex);
  return {digest, hashed.bytes, publish(linked.path(), digest)};
}

StoredBlob BlobStore::adopt(ScratchFile scratch, const ByteProgress& progress) {
  // The path may have been written by another program through another descriptor.
  const OpenFile file(::open(scratch.path().c_str(), O_RDONLY | O_CLOEXEC));
  if (file.descriptor < 0) throw_errno("cannot read", scratch.path(), errno);
  const auto hashed = hash_descriptor(file.descriptor, scratch.path(), -1, progress);
  if (::fsync(file.descriptor) != 0) throw_errno("cannot write", scratch.path(), errno);
  const auto digest = *Digest::parse("sha256:" + hashed.hex);
  return {digest, hashed.bytes, publish(scratch.path(), digest)};
}

Result<StoredBlob> BlobStore::adopt_partial(const Digest& digest, const ByteProgress& progress) {
  const auto partial = partial_path(digest);
  const OpenFile file(::open(partial.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.descriptor < 0) throw_errno("cannot read", partial, errno);
  const auto hashed = hash_descriptor(file.descriptor, partial, -1, progress);
  if (hashed.hex != digest.hex()) {
    ::unlink(partial.c_str());
    return failure(ErrorCode::corrupt,
                   "digest mismatch, expected \"" + digest.text() + "\", got \"sha256:" + hashed.hex + "\"");
  }
  if (::fsync(file.descriptor) != 0) throw_errno("cannot write", partial, errno);
  return StoredBlob{digest, hashed.bytes, publish(partial, digest)};
}

// Over a blob that is there already the rename puts the same bytes, and heals it if it was damaged.
bool BlobStore::publish(const fs::path& from, const Digest& digest) {
  const bool created = !has(digest);
  const auto to = path(digest);
  if (::rename(from.c_str(), to.c_str()) != 0) throw_errno("cannot write", to, errno);
  // Two links of one file: rename does nothing and says it did.
  ::unlink(from.c_str());
  sync_folder(root_ / "blobs");
  touch(digest);
  return created;
}

void BlobStore::touch(const Digest& digest) const { ::utimensat(AT_FDCWD, path(digest).c_str(), nullptr, 0); }

bool BlobStore::remove(const Digest& digest) { return ::unlink(path(digest).c_str()) == 0; }

void BlobStore::clean_leftovers() {
  const auto lock = StoreLock::try_exclusive(root_);
  if (!lock) return;  // someone is adding; the next one to open cleans
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  for (const auto& entry : fs::directory_iterator(root_ / "blobs", error)) {
    const auto name = entry.path().filename().string();
    if (name.starts_with(kScratchPrefix)) {
      const OpenFile file(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
      const bool is_dead = file.descriptor >= 0 && ::flock(file.descriptor, LOCK_EX | LOCK_NB) == 0;
      std::error_code ignored;
      if (is_dead) fs::remove_all(entry.path(), ignored);
    } else if (name.starts_with("sha256-") && name.find(kPartialMark) != std::string::npos) {
      std::error_code ignored;
      if (now - entry.last_write_time(ignored) > kPartialLife && !ignored) ::unlink(entry.path().c_str());
    }
  }
}

}  // namespace fragua::models
