// TemporaryFolder: an empty folder that goes with its test. Callers: unit tests. Threads: the test's.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/error.h"

namespace fragua::tests {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "fragua-test-XXXXXX").string();
    CHECK_THAT(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace fragua::tests
