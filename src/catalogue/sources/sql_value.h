// One value of an INSERT: a constant with its casts, NULL, DEFAULT, ARRAY[…]. Callers: sql_insert. Threads: one.
// What would have to be computed (a function, a query) is refused, never guessed.
#pragma once
#include "catalogue/sources/sql_lexer.h"
#include "catalogue/rows.h"

namespace fragua::catalogue {

struct SqlValue {
  Cell cell;               // an ARRAY[…] as {…}
  bool is_array = false;
};

SqlValue read_value(SqlLexer& lexer);

}  // namespace fragua::catalogue
