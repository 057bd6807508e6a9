#include "backup/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "base/files.h"

namespace fragua::backup {

FolderLock::FolderLock(const fs::path& folder, Kind kind) {
  fs::create_directories(folder);
  const auto file = folder / "fragua.lock";
  descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw_errno("cannot open", file, errno);
  if (::flock(descriptor_, (kind == Kind::alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0) return;
  ::close(descriptor_);
  throw Error(ErrorCode::conflict, kind == Kind::alone ? "a Fragua server is at work on this data folder: stop it first" : "a backup is being restored into this data folder: try again when it is done");
}

FolderLock::~FolderLock() { ::close(descriptor_); }

}  // namespace fragua::backup
