// `fragua documents watch`: keeps a collection in step with a folder: new and changed files become documents and new versions.
// Callers: cli/documents. Threads: the main one; until Ctrl-C, or until folder or server go away (an error).
// Never hands in a file that is still written to; without --mirror it removes nothing.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "cli/folder_watch.h"

namespace fragua::cli {

// What the collection has, and what the folder's files are, by content. One that could not be read counts as had: its content is the same.
class MirroredFiles {
 public:
  explicit MirroredFiles(const std::vector<json::object>& documents);

  // Is this content in the collection? Notes that the file has it.
  bool has(const std::string& file, const std::string& sha256);
  void note(const json::object& document);
  // The ids to remove once this file is gone: of the document with its name. Other files with the same content have to
  // be handed in again: their names are added to `again`.
  std::vector<std::string> remove(const std::string& file, std::vector<std::string>& again);
  // Names of documents without a file in the folder.
  std::vector<std::string> without_file(const Snapshot& there) const;

 private:
  struct Known {
    std::string id;
    std::string sha256;
  };
  std::map<std::string, Known> documents_;  // by name
  std::map<std::string, std::string> files_;  // name to SHA-256
};

int watch_folder(Context& context, const std::vector<std::string>& words);

}  // namespace fragua::cli
