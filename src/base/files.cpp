#include "base/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/error.h"

namespace fragua {

void throw_errno(std::string_view what, const fs::path& path, int error_number) {
  const std::string message = std::string(what) + " " + path.filename().string() + ": " + std::strerror(error_number);
  if (error_number == ENOSPC || error_number == EDQUOT) throw Error(ErrorCode::storage_full, message + "; free some space and try again");
  throw Error(error_number == ENOENT ? ErrorCode::not_found : ErrorCode::unavailable, message);
}

std::string read_file(const fs::path& path, std::uint64_t max_bytes) {
  std::ifstream in(path, std::ios::binary | std::ios::ate);
  if (!in || fs::is_directory(path)) throw_errno("cannot read", path, fs::is_directory(path) ? EISDIR : errno ? errno : EIO);
  const auto size = std::uint64_t(in.tellg());
  if (size > max_bytes) throw Error(ErrorCode::too_large, path.filename().string() + " is larger than " + std::to_string(max_bytes) + " bytes");
  std::string bytes(size, '\0');
  in.seekg(0);
  if (!in.read(bytes.data(), std::streamsize(size))) throw_errno("cannot read", path, EIO);
  return bytes;
}

namespace {

// Closes on scope exit and removes the temporary file unless it was renamed.
struct Temporary {
  fs::path path;
  int descriptor = -1;
  ~Temporary() {
    if (descriptor >= 0) ::close(descriptor);
    if (!path.empty()) ::unlink(path.c_str());
  }
};

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

void write_all(int descriptor, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("cannot write", path, errno);
    bytes.remove_prefix(std::size_t(written));
  }
}

}  // namespace

void write_file_atomically(const fs::path& path, std::string_view bytes) {
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  if (failed) throw_errno("cannot create the folder of", path, failed.value());
  std::string pattern = (path.parent_path() / ("." + path.filename().string() + ".XXXXXX")).string();
  Temporary temporary;
  temporary.descriptor = ::mkostemp(pattern.data(), O_CLOEXEC);
  if (temporary.descriptor < 0) throw_errno("cannot create", path, errno);
  temporary.path = pattern;
  write_all(temporary.descriptor, bytes, path);
  if (::fchmod(temporary.descriptor, 0644) != 0 || ::fsync(temporary.descriptor) != 0) throw_errno("cannot write", path, errno);
  if (::rename(temporary.path.c_str(), path.c_str()) != 0) throw_errno("cannot replace", path, errno);
  temporary.path.clear();
  sync_folder(path.parent_path());
}

}  // namespace fragua
