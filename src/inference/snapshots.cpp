#include "inference/snapshots.h"

namespace fragua::inference {

namespace fs = std::filesystem;

void remove_stale_snapshots(const fs::path& cache_folder, std::chrono::hours unused) {
  const auto oldest = fs::file_time_type::clock::now() - unused;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(cache_folder, ignored)) {
    if (!entry.path().filename().string().starts_with("prefix-")) continue;
    const auto used = fs::last_write_time(entry.path(), ignored);
    if (!ignored && used < oldest) fs::remove(entry.path(), ignored);
  }
}

}  // namespace fragua::inference
