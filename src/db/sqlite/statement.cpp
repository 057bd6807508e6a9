#include "db/sqlite/statement.h"

namespace fragua::db {

Value read_column(sqlite3_stmt* statement, int column) {
  const auto bytes = [&] {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement, column));
    return std::string(data ? data : "", std::size_t(sqlite3_column_bytes(statement, column)));
  };
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return std::int64_t(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: return bytes();
    case SQLITE_BLOB: return Blob{bytes()};
    default: return nullptr;
  }
}

ErrorCode code_of(int result) {
  switch (result & 0xff) {
    case SQLITE_CONSTRAINT: return ErrorCode::conflict;
    case SQLITE_FULL: return ErrorCode::storage_full;
    case SQLITE_IOERR: return ErrorCode::storage_full;  // the disk does not take it: what people can mend is its space
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ErrorCode::corrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN: return ErrorCode::unavailable;
    case SQLITE_TOOBIG: return ErrorCode::too_large;
    default: return ErrorCode::internal;
  }
}

}  // namespace fragua::db
