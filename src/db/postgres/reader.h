// PostgresReader: what tables a live PostgreSQL has, how they hang together, and their rows, all as of one moment. Callers:
// catalogue/sources. Threads: one; blocks, with the limits and the stop of PostgresOptions.
// One transaction that can only read; rows come through a cursor. Only the columns that are asked for leave the server.
#pragma once
#include <functional>
#include <map>

#include "db/postgres/connection.h"

namespace fragua::db {

struct PostgresColumn {
  std::string name;
  std::string type;                   // without its schema and quotes: "numeric(10,2)", "EventStatus", "text[]"
  std::vector<std::string> values;    // of an enumeration
};
struct PostgresTable {
  std::string schema, name;
  bool only = false;                  // rows of tables that inherit from it are theirs
  std::vector<PostgresColumn> columns;
};
// One column of a key; to_table "": of the table's primary key.
struct PostgresKey {
  std::string table, column;
  std::string to_table, to_column;
};

class PostgresReader {
 public:
  explicit PostgresReader(PostgresOptions options);
  // Views too; no partitions, which are part of their table. By schema and name.
  std::vector<PostgresTable> tables();
  std::vector<PostgresKey> keys();
  void read(const PostgresTable& table, const std::vector<std::string>& columns, const PostgresConnection::EachRow& each);

 private:
  std::map<std::string, std::vector<std::string>> enumerations();

  PostgresConnection connection_;
};

}  // namespace fragua::db
