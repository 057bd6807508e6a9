#include "documents/file_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/sha256.h"

namespace fragua::documents {

namespace {

constexpr char kUnfinished[] = "unfinished";
constexpr char kScratch[] = "scratch";
constexpr std::size_t kShardLength = 2;
constexpr std::size_t kPieceBytes = 1 << 20;

struct Closing {
  int descriptor;
  ~Closing() { ::close(descriptor); }
};

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw_errno("could not open", folder, errno);
  const int failed = ::fsync(descriptor) != 0 ? errno : 0;
  ::close(descriptor);
  if (failed != 0) throw_errno("could not write", folder, failed);
}

}  // namespace

IncomingFile::IncomingFile(fs::path temporary, fs::path place) : temporary_(std::move(temporary)), place_(std::move(place)) {
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw_errno("could not make", temporary_, errno);
}

IncomingFile::~IncomingFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

void IncomingFile::write(std::string_view bytes) {
  size_ += bytes.size();
  while (!bytes.empty()) {
    const auto written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("could not write", temporary_, errno);
    bytes.remove_prefix(std::size_t(written));
  }
}

void IncomingFile::keep() {
  if (::fsync(descriptor_) != 0) throw_errno("could not write", temporary_, errno);
  fs::create_directories(place_.parent_path());
  fs::rename(temporary_, place_);
  ::close(descriptor_);
  descriptor_ = -1;
  sync_folder(place_.parent_path());
}

ScratchFolder::ScratchFolder(fs::path path) : path_(std::move(path)) {
  fs::create_directories(path_);
  fs::permissions(path_, fs::perms::owner_all);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

FileStore::FileStore(fs::path folder) : folder_(std::move(folder)) {
  for (const auto* name : {kUnfinished, kScratch}) {
    fs::remove_all(folder_ / name);
    fs::create_directories(folder_ / name);
  }
  fs::permissions(folder_, fs::perms::owner_all);
}

fs::path FileStore::path_of(const std::string& id) const { return folder_ / id.substr(0, kShardLength) / id; }

fs::path FileStore::opened_path_of(const std::string& id) const { return path_of(id + kOpened); }

fs::path FileStore::drawn_path_of(const std::string& id) const { return path_of(id + kDrawn); }

std::unique_ptr<IncomingFile> FileStore::receive(const std::string& id) const {
  return std::make_unique<IncomingFile>(folder_ / kUnfinished / id, path_of(id));
}

// Copied: the child may still hold the file that it wrote, or have put a link in its place.
FileStore::Taken FileStore::take_over(const std::string& id, const fs::path& path) const {
  const int from = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (from < 0) throw Error(ErrorCode::corrupt, "an unpacked file is not there");
  const Closing closing{from};
  struct stat facts {};
  if (::fstat(from, &facts) != 0 || !S_ISREG(facts.st_mode)) throw Error(ErrorCode::corrupt, "an unpacked file is no plain file");
  const auto kept = receive(id);
  Sha256 sha256;
  std::string piece(kPieceBytes, '\0');
  ssize_t count = 0;
  while ((count = ::read(from, piece.data(), piece.size())) > 0) {
    const auto bytes = std::string_view(piece).substr(0, std::size_t(count));
    sha256.update(bytes);
    kept->write(bytes);
  }
  if (count < 0) throw_errno("could not read", path, errno);
  kept->keep();
  ::unlink(path.c_str());
  return {sha256.hex(), kept->size()};
}

std::unique_ptr<ScratchFolder> FileStore::scratch(const std::string& id) const { return std::make_unique<ScratchFolder>(folder_ / kScratch / id); }

void FileStore::remove(const std::string& id) const {
  std::error_code ignored;
  fs::remove(path_of(id), ignored);
  fs::remove(opened_path_of(id), ignored);
  fs::remove(drawn_path_of(id), ignored);
}

std::size_t FileStore::sweep(const std::function<bool(const std::string&)>& is_known) const {
  std::size_t removed = 0;
  for (const auto& shard : fs::directory_iterator(folder_)) {
    if (shard.path().filename().string().size() != kShardLength) continue;
    for (const auto& file : fs::directory_iterator(shard)) {
      if (is_known(file.path().stem().string())) continue;
      fs::remove(file);
      ++removed;
    }
  }
  return removed;
}

}  // namespace fragua::documents
