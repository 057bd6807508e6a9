// Reads what defines tables in a dump: CREATE TABLE, CREATE TYPE … AS ENUM, and the keys that ALTER TABLE adds. Callers: sql_dump.
// Threads: one. What does not matter for rows (defaults, checks, storage) is passed over, whatever it says.
#pragma once
#include "catalogue/sources/sql_lexer.h"
#include "catalogue/sources/sql_tables.h"

namespace fragua::catalogue {

// name, schema.name or database.schema.name
QualifiedName read_qualified_name(SqlLexer& lexer);
// (a, "b"), its brackets included.
std::vector<std::string> read_column_names(SqlLexer& lexer);

// The first word is taken; each reads to the end of its statement.
void read_create(SqlLexer& lexer, SqlTables& tables);
void read_alter(SqlLexer& lexer, SqlTables& tables);

}  // namespace fragua::catalogue
