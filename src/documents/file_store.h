// FileStore: the handed-in files as they came, under random ids, and scratch folders for the children that read them.
// Callers: documents/ services. Threads: any; blocks. A file is there whole or not at all.
// A client's file name is never part of a path.
#pragma once
#include <functional>
#include <vector>

#include "base/files.h"

namespace fragua::documents {

// One file on its way in: pieces are written beside the others and take their place with keep(); else they go with this.
class IncomingFile {
 public:
  IncomingFile(fs::path temporary, fs::path place);
  ~IncomingFile();
  IncomingFile(const IncomingFile&) = delete;
  IncomingFile& operator=(const IncomingFile&) = delete;
  void write(std::string_view bytes);     // Error(storage_full)
  void keep();
  std::uint64_t size() const { return size_; }

 private:
  fs::path temporary_;
  fs::path place_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

// A folder that goes with its object.
class ScratchFolder {
 public:
  explicit ScratchFolder(fs::path path);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

class FileStore {
 public:
  // Makes the folder, and empties what earlier processes left of scratch and unfinished files.
  explicit FileStore(fs::path folder);

  fs::path path_of(const std::string& id) const;
  // Of a protected document, without its password; only where it was opened.
  fs::path opened_path_of(const std::string& id) const;
  // Of an office document, as a PDF; only where one of its pages was drawn.
  fs::path drawn_path_of(const std::string& id) const;
  std::unique_ptr<IncomingFile> receive(const std::string& id) const;
  // Keeps what a child left in a scratch folder under an id, and removes it there. Error(corrupt): it is no plain file.
  struct Taken {
    std::string sha256;
    std::uint64_t bytes = 0;
  };
  Taken take_over(const std::string& id, const fs::path& path) const;
  void take_over_opened(const std::string& id, const fs::path& path) const { take_over(id + kOpened, path); }
  void take_over_drawn(const std::string& id, const fs::path& path) const { take_over(id + kDrawn, path); }
  std::unique_ptr<ScratchFolder> scratch(const std::string& id) const;
  void remove(const std::string& id) const;
  // Removes the files of ids that `is_known` does not know; how many.
  std::size_t sweep(const std::function<bool(const std::string&)>& is_known) const;

 private:
  static constexpr char kOpened[] = ".opened";
  static constexpr char kDrawn[] = ".drawn";
  fs::path folder_;
};

}  // namespace fragua::documents
