// ZipWriter and ZipReader: zip files through libzip, with limits. Callers: backup, api (imports). Threads: one at a time.
// Errors: invalid_argument for what is no zip or too large inside, storage_full and unavailable for the disk.
#pragma once
#include <zip.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::backup {

class ZipWriter {
 public:
  explicit ZipWriter(const std::filesystem::path& file);   // must not exist
  void add_text(const std::string& name, std::string text);
  void add_file(const std::string& name, const std::filesystem::path& file);   // read when it is closed
  void close();                                            // without it nothing is written

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  void add(const std::string& name, zip_source_t* source);
  std::unique_ptr<zip_t, Discard> archive_;
  std::vector<std::unique_ptr<std::string>> texts_;        // they live until it is closed
};

class ZipReader {
 public:
  explicit ZipReader(const std::filesystem::path& file);
  explicit ZipReader(std::string_view bytes);              // they must outlive the reader
  std::vector<std::string> names() const;
  bool has(const std::string& name) const;
  std::string read(const std::string& name, std::uint64_t max_bytes);
  void extract(const std::string& name, const std::filesystem::path& to, std::uint64_t max_bytes);

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  using Sink = std::function<void(std::string_view)>;
  void each_piece(const std::string& name, std::uint64_t max_bytes, const Sink& sink) const;
  void check_entries() const;
  std::unique_ptr<zip_t, Discard> archive_;
};

}  // namespace fragua::backup
