// FolderWatch: says when something in a folder changed (inotify). SettledFiles: which files changed and are no longer written to.
// Callers: cli/document_watch. Threads: the main one; neither ever waits.
// What changed is found by looking at the folder, not by the events: none that is lost or comes twice does harm.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/document_add.h"

namespace fragua::cli {

class FolderWatch {
 public:
  // Error(not_found): no such folder; Error(unavailable): the system watches no more folders.
  explicit FolderWatch(std::filesystem::path folder);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;
  FolderWatch& operator=(const FolderWatch&) = delete;

  // Did anything happen since the last call? Error(not_found): the folder itself went away.
  bool has_changed();

 private:
  void watch(const std::filesystem::path& folder);
  void watch_below();

  std::filesystem::path folder_;
  int descriptor_ = -1;
};

struct FileStamp {
  std::uint64_t bytes = 0;
  std::filesystem::file_time_type changed;
  bool operator==(const FileStamp&) const = default;
};
struct SeenFile {
  NamedFile file;
  FileStamp stamp;
};
// By name in the collection.
using Snapshot = std::map<std::string, SeenFile>;
Snapshot look_at(const std::filesystem::path& folder);

class SettledFiles {
 public:
  struct Step {
    std::vector<NamedFile> ready;         // new or changed, and as they are for kSettle
    std::vector<std::string> gone;        // names
    bool is_unsettled = false;            // look again soon
  };
  static constexpr std::chrono::seconds kSettle{2};

  Step take(const Snapshot& there, SteadyTime now);
  // It is ready once more, though it did not change.
  void again(const std::string& name) { taken_.erase(name); }

 private:
  struct Pending {
    FileStamp stamp;
    SteadyTime since;
  };
  std::map<std::string, FileStamp> taken_;
  std::map<std::string, Pending> pending_;
};

}  // namespace fragua::cli
