// Reads what fills tables in a dump: INSERT … VALUES and COPY … FROM stdin, row by row. Callers: sql_dump. Threads: one.
// A table that the sink does not want is passed over: its values are never kept. Columns that a statement does not name are NULL.
#pragma once
#include "catalogue/sources/sql_lexer.h"
#include "catalogue/sources/sql_tables.h"

namespace fragua::catalogue {

// The first word is taken; each reads to the end of its statement, COPY to the end of its rows.
void read_insert(SqlLexer& lexer, SqlTables& tables);
void read_copy(SqlLexer& lexer, SqlTables& tables);

}  // namespace fragua::catalogue
