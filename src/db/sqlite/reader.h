// SqliteReader: the tables and rows of an SQLite file that is not ours, which may be hostile: it is opened read-only, its schema is not
// trusted, and nothing is written beside it. Callers: catalogue/sources. Threads: one; blocks. Rows come one at a time.
#pragma once
#include <sqlite3.h>

#include <functional>
#include <memory>

#include "db/database.h"

namespace fragua::db {

struct SqliteColumn {
  std::string name;
  std::string type;        // as declared; "": not said
  bool in_key = false;     // the primary key
};
struct SqliteReference {
  std::string column;
  std::string to_table, to_column;
};
struct SqliteTable {
  std::string name;
  std::vector<SqliteColumn> columns;
  std::vector<SqliteReference> references;
};

class SqliteReader {
 public:
  // Error(corrupt): no database. Error(too_large), later: a value longer than `value_max_bytes`.
  SqliteReader(const std::filesystem::path& file, std::size_t value_max_bytes);
  // In the order of their names; no views, no virtual tables and what belongs to them.
  std::vector<SqliteTable> tables();
  void read(const std::string& table, const std::vector<std::string>& columns, const std::function<void(Values)>& row);

 private:
  struct CloseHandle {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  void each(const std::string& sql, const std::string& parameter, const std::function<void(Values)>& row);
  void check(int result) const;
  SqliteTable described(const std::string& table);

  std::unique_ptr<sqlite3, CloseHandle> handle_;
};

}  // namespace fragua::db
