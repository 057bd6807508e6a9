// SqlTables: what a dump has defined so far: tables by schema and name, enumerations, primary keys. Tells the sink of each.
// Callers: sql_definitions, sql_rows. Threads: one. At most kTablesMax tables.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "catalogue/sources/postgres_array.h"
#include "catalogue/sources/sink_table.h"
#include "catalogue/sources/text_reader.h"

namespace fragua::catalogue {

struct QualifiedName {
  std::string schema;                 // "": not said
  std::string name;
};

struct SqlTable {
  SinkTable sink;
  std::vector<CellForm> forms;        // of its columns
  std::vector<std::string> key;       // columns of the primary key
  SqlTable* part_of = nullptr;        // a partition: its rows are that table's
};

// Columns that name rows of another table.
struct SqlReference {
  std::vector<std::string> columns;
  QualifiedName to;
  std::vector<std::string> to_columns;  // none: its primary key
};

class SqlTables {
 public:
  explicit SqlTables(RowSink& sink) : sink_(sink) {}
  // Error: it is there already, or another schema's table of that name is and the sink wants that name.
  SqlTable& define(const QualifiedName& name, std::vector<Column> columns, Position at);
  SqlTable* find(const QualifiedName& name);
  bool wants(const QualifiedName& name) const { return sink_.wants(name.name); }
  void define_enumeration(const std::string& name, std::vector<std::string> values) { enumerations_[name] = std::move(values); }
  void tell_key(const QualifiedName& table, std::vector<std::string> columns);
  void tell_reference(const QualifiedName& table, const SqlReference& reference);
  void attach(const QualifiedName& table, const QualifiedName& partition);
  // `SET search_path`: where names without a schema belong.
  void use_schema(std::string schema) { schema_ = std::move(schema); }
  // `\connect`: what follows has names of its own.
  void begin_database() { ++database_; }

 private:
  using Key = std::pair<std::size_t, std::string>;  // of the database, schema.name
  Key key_of(const QualifiedName& name) const;

  RowSink& sink_;
  std::size_t database_ = 0;
  std::string schema_ = "public";
  std::map<Key, SqlTable> tables_;
  std::map<std::string, std::size_t, std::less<>> names_;  // how many tables have that name
  std::map<std::string, std::vector<std::string>, std::less<>> enumerations_;
};

}  // namespace fragua::catalogue
