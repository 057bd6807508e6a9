// The tables of a live PostgreSQL as a RowSource, the same rows as its dump gives. Callers: catalogue/importer. Threads: one of its own:
// it blocks, with the limits and the stop of db::PostgresOptions. Reads one moment of the database, in a transaction that cannot write.
// Columns that the sink does not want never leave the server.
#pragma once
#include <memory>

#include "catalogue/rows.h"
#include "db/postgres/options.h"

namespace fragua::catalogue {

// Connects at once. Error(invalid_argument): the address. Error(unavailable), Error(deadline_exceeded), Error(cancelled).
std::unique_ptr<RowSource> open_postgres_source(db::PostgresOptions options);

}  // namespace fragua::catalogue
