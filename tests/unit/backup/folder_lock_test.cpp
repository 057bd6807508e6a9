#include "backup/folder_lock.h"

#include <doctest/doctest.h>

#include <optional>

#include "base/error.h"
#include "support/temporary_folder.h"

using namespace fragua;
using backup::FolderLock;

TEST_CASE("folder lock: servers share a folder, a restore has it alone or not at all") {
  tests::TemporaryFolder folder;
  std::optional<FolderLock> first(std::in_place, folder.path(), FolderLock::Kind::shared);
  {
    const FolderLock second(folder.path(), FolderLock::Kind::shared);
    CHECK_THROWS_AS(FolderLock(folder.path(), FolderLock::Kind::alone), Error);
  }
  first.reset();
  const FolderLock alone(folder.path(), FolderLock::Kind::alone);
  CHECK_THROWS_AS(FolderLock(folder.path(), FolderLock::Kind::shared), Error);
}
