// Rows: what a source of data hands over, table by table, as texts. RowSource reads a database dump, a file or a live database; RowSink
// takes what it wants. Callers: catalogue/sources (RowSource), catalogue/importer and catalogue/suggestion (RowSink).
// Threads: one; blocks. Nothing of a table that the sink does not want is ever handed over: rows of people stay where they are.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::catalogue {

// Nothing: NULL. Texts as PostgreSQL writes them, but a boolean is "true" or "false" and an array is JSON: ["a",null].
using Cell = std::optional<std::string>;
using Cells = std::vector<Cell>;

struct Column {
  std::string name;
  std::string type;                       // as the source declares it: "timestamp(3) without time zone", "text[]"; "": it does not
  std::vector<std::string> values;        // of an enumeration, in its order, where the source says them
};

struct TableHead {
  std::string name;                       // without its schema
  std::vector<Column> columns;
};

// How tables hang together, where the source says so.
struct Relation {
  std::string table, column;              // a key of several columns is told as several relations
  std::string to_table, to_column;        // both "": `column` is the table's primary key
};

class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual bool wants(std::string_view table) = 0;
  // What it does not want of a table that it wants: those cells are handed over as nothing.
  virtual bool wants_column(std::string_view, std::string_view) { return true; }
  // Before its first row; said of every table, wanted or not, as soon as it is known.
  virtual void table(const TableHead& head) = 0;
  // As many cells as the head has columns, in that order.
  virtual void row(std::string_view table, Cells cells) = 0;
  virtual void relation(const Relation& relation) = 0;
};

class RowSource {
 public:
  virtual ~RowSource() = default;
  // To its end. Error(invalid_argument) "line 12, column 5: …" for what cannot be read; what the sink throws goes through.
  virtual void read(RowSink& sink) = 0;
};

}  // namespace fragua::catalogue
