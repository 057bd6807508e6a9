// SourceFiles: the files of a Hugging Face model by name ("config.json", "1_Pooling/config.json"), from a folder or a
// map. Callers: models/safetensors. Threads: any once built; reads block. Names are checked when they come in
// (relative, no "..", bounded in number and length); only files in the map are read.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/json.h"

namespace fragua::models {

// JSON that a caller wants to explain the failure of. Error: invalid_argument.
Result<json::value> try_parse_json(std::string_view text, std::size_t max_depth = kJsonDepth);

class SourceFiles {
 public:
  static constexpr std::size_t kFilesMax = 2'000;
  static constexpr std::size_t kNameMaxBytes = 255;
  static constexpr std::uint64_t kTextMaxBytes = 128ull << 20;

  // Error: invalid_argument for a name that is not allowed or for too many files.
  explicit SourceFiles(std::map<std::string, fs::path> files);
  // The folder's files and those one level below; hidden ones are left out. Error: not_found, invalid_argument.
  static SourceFiles of_folder(const fs::path& folder);

  bool has(const std::string& name) const { return files_.contains(name); }
  const std::map<std::string, fs::path>& all() const { return files_; }
  // Error: not_found.
  const fs::path& path(const std::string& name) const;

  std::optional<std::string> find_text(const std::string& name) const;
  // Error: invalid_argument when it is not a JSON object.
  std::optional<json::object> find_object(const std::string& name) const;
  std::optional<json::value> find_json(const std::string& name) const;

 private:
  std::map<std::string, fs::path> files_;
};

}  // namespace fragua::models
