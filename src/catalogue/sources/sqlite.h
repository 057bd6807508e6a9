// The tables of an SQLite file as a RowSource, views left out. Callers: open. Threads: one; blocks.
// Never writes the file, nor anything beside it: what is still in its write-ahead log is not seen.
#pragma once
#include <memory>

#include "base/files.h"
#include "catalogue/rows.h"

namespace fragua::catalogue {

// Error(corrupt): no database, or a damaged one.
std::unique_ptr<RowSource> open_sqlite_source(const fs::path& file);

}  // namespace fragua::catalogue
