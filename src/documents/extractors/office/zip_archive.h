// ZipArchive: the members of a zip file that a stranger made, read into memory within limits. Callers: office/ and detect.
// Threads: one. Failure(damaged): no zip, or a member that cannot be read; Failure(too_large): a bomb.
// Never writes a member to disk and never uses a name as a path.
#pragma once
#include <zip.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

struct ZipLimits {
  std::int64_t members = 20'000;
  std::uint64_t member_bytes = 192ull << 20;
  std::uint64_t total_bytes = 1ull << 30;
  std::uint64_t ratio = 300;                       // unpacked to packed, of a member
  std::uint64_t ratio_matters_from = 8ull << 20;   // small members may be as empty as they like
};

class ZipArchive {
 public:
  explicit ZipArchive(const fs::path& file, ZipLimits limits = {});
  bool has(const std::string& name) const;
  std::vector<std::string> names() const;
  // Of protected members; "" has none.
  void use_password(const std::string& password);
  // Failure(damaged) where it is missing; Failure(password_needed), Failure(wrong_password).
  std::string read(const std::string& name);
  // "" where it is missing.
  std::string read_if_there(const std::string& name);

 private:
  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  void check(const zip_stat_t& entry) const;
  ZipLimits limits_;
  std::uint64_t total_ = 0;  // read so far
  bool has_password_ = false;
  std::unique_ptr<zip_t, Discard> archive_;
};

}  // namespace fragua::documents::extractors
