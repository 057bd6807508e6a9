// Migrations: numbered SQL files (db/migrations/0001_accounts.sql) that bring a database to the newest schema, forward only, each in
// one transaction. Callers: the databases, when they are opened. Threads: the caller's.
// Error(unsupported): the database was written by a newer Fragua.
#pragma once
#include <span>

#include "base/embedded.h"
#include "db/database.h"

namespace fragua::db {

// The files of db/migrations, in order.
std::span<const EmbeddedFile> migrations();

struct MigrationState {
  std::int64_t from = 0;
  std::int64_t to = 0;
};
// What `migrate` would do.
MigrationState migration_state(Database& database, std::span<const EmbeddedFile> files);
void migrate(Database& database, std::span<const EmbeddedFile> files);

}  // namespace fragua::db
