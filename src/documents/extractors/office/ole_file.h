// OleFile: the container of old Office documents and of encrypted new ones, read with limits on everything that it claims. Callers: detect,
// office/decryption. Threads: one. Failure(damaged) for what does not add up, also for chains that run in circles.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

class OleFile {
 public:
  explicit OleFile(const fs::path& file);
  bool has(const std::string& name) const { return streams_.contains(name); }
  std::string read(const std::string& name) const;

 private:
  struct Stream {
    std::uint32_t first = 0;
    std::uint64_t bytes = 0;
  };
  std::uint32_t number(std::size_t at) const;
  std::string_view sector(std::uint32_t index) const;
  std::string chain(std::uint32_t first, std::uint64_t bytes_max) const;
  std::string small_chain(const Stream& stream) const;
  void read_table();
  void read_directory();

  std::string bytes_;
  std::size_t sector_bytes_ = 512;
  std::size_t small_bytes_ = 64;
  std::uint32_t small_limit_ = 4096;  // shorter streams lie in the stream of small sectors
  std::vector<std::uint32_t> table_;
  std::vector<std::uint32_t> small_table_;
  std::string small_stream_;
  std::map<std::string, Stream> streams_;  // by name, whatever the folder
};

}  // namespace fragua::documents::extractors
