// FolderLock: says that somebody is at work on a data folder: servers share it, a restore wants it alone. Callers: app/server, backup.
// Threads: any. The kernel lets go of it when the process ends, however it ends.
#pragma once
#include <filesystem>

namespace fragua::backup {

class FolderLock {
 public:
  enum class Kind { shared, alone };
  // Makes the folder. Error(conflict): another process has it.
  FolderLock(const std::filesystem::path& folder, Kind kind);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace fragua::backup
