// What sqlite3's results and columns are in our words. Callers: sqlite/connection, sqlite/reader. Threads: those of the handle.
// Never keeps a statement or a value.
#pragma once
#include <sqlite3.h>

#include "base/error.h"
#include "db/database.h"

namespace fragua::db {

Value read_column(sqlite3_stmt* statement, int column);
ErrorCode code_of(int result);

}  // namespace fragua::db
