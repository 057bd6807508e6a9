#include "inference/snapshots.h"

#include <doctest/doctest.h>

#include "base/files.h"
#include "support/temporary_folder.h"

using namespace fragua;

TEST_CASE("snapshots: what nobody has used for long goes, and nothing else") {
  const tests::TemporaryFolder folder;
  const auto now = fs::file_time_type::clock::now();
  for (const auto& [name, hours] : {std::pair("prefix-a.bin", 0), {"prefix-b.bin", 50}, {"attention-c.json", 50}}) {
    write_file_atomically(folder.path() / name, "x");
    fs::last_write_time(folder.path() / name, now - std::chrono::hours(hours));
  }
  inference::remove_stale_snapshots(folder.path(), std::chrono::hours(49));
  CHECK(fs::exists(folder.path() / "prefix-a.bin"));
  CHECK_FALSE(fs::exists(folder.path() / "prefix-b.bin"));
  CHECK(fs::exists(folder.path() / "attention-c.json"));
  inference::remove_stale_snapshots(folder.path() / "nowhere", std::chrono::hours(0));
}
