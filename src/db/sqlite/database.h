// SqliteDatabase: a Database in one file (WAL, synchronous=FULL). One connection writes, a few read beside it.
// Callers: app/, tests. Threads: any; a read waits for a free connection, a write for the one before it, both with a limit.
// Never loads extensions; the file is readable by its owner only.
#pragma once
#include <chrono>
#include <memory>

#include "db/database.h"

namespace fragua::db {

struct SqliteOptions {
  std::filesystem::path file;
  std::size_t readers = 3;
  std::chrono::milliseconds wait{10'000};
};

// Opens or makes the file. Error(corrupt): not a database, or a damaged one. Error(conflict): another process holds it.
std::unique_ptr<Database> open_sqlite(SqliteOptions options);

}  // namespace fragua::db
