// Backup: one zip file with a consistent copy of the database (people, keys, conversations), the documents' files and the models' manifests;
// the models' blobs are not in it, since they can be fetched again by their digests. Callers: api/native/backup, app/ (commands, start).
// Threads: any; blocks. Making one does not stop the server; restoring one wants that no server runs on the folder.
// Never writes outside the two folders, whatever names a file holds.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "base/clock.h"
#include "db/database.h"

namespace fragua::backup {

// In the data folder: a backup that the next start restores.
constexpr std::string_view kStagedFile = "restore.zip";

struct Places {
  std::filesystem::path data_folder;
  std::filesystem::path models_folder;
};

struct Content {
  std::string created_at;
  std::int64_t manifests = 0;
  std::int64_t documents = 0;             // files
};

// Error(conflict): the file exists. A failed one leaves nothing.
void make(db::Database& database, const Places& places, const std::filesystem::path& file, SystemTime now);
// What a file holds, after everything was looked at that restoring it needs. `scratch`: a folder with room for its database.
// Error(invalid_argument): it is no backup of Fragua's, or a damaged one. Error(unsupported): a newer Fragua made it.
Content inspect(const std::filesystem::path& file, const std::filesystem::path& scratch);
// Puts the database in the place of the one that is there, which is kept beside it, and the backup's manifests and documents in the places of
// those of the same names. Error(conflict): a server runs on this folder; and as for inspect(): then nothing has changed.
Content restore(const std::filesystem::path& file, const Places& places, SystemTime now);

}  // namespace fragua::backup
