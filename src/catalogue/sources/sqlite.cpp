#include "catalogue/sources/sqlite.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/strings.h"
#include "catalogue/sources/sink_table.h"
#include "catalogue/sources/text_reader.h"
#include "db/sqlite/reader.h"

namespace fragua::catalogue {

namespace {

struct CellMaker {
  Cell operator()(std::nullptr_t) const { return std::nullopt; }
  Cell operator()(std::int64_t value) const { return std::to_string(value); }
  Cell operator()(double value) const { return fmt::format("{}", value); }
  Cell operator()(const std::string& value) const { return is_valid_utf8(value) ? value : sanitized_utf8(value); }
  Cell operator()(const db::Blob& value) const { return "\\x" + to_hex(value.bytes); }  // as PostgreSQL writes bytes
};

class SqliteSource final : public RowSource {
 public:
  explicit SqliteSource(const fs::path& file) : reader_(file, kCellMaxBytes) {}

  void read(RowSink& sink) override {
    const auto tables = reader_.tables();
    if (tables.size() > kTablesMax) throw Error(ErrorCode::invalid_argument, fmt::format("more than {} tables", kTablesMax));
    for (const auto& table : tables) {
      tell_relations(sink, table, tables);
      TableHead head{table.name, {}};
      for (const auto& column : table.columns) head.columns.push_back({column.name, column.type, {}});
      const SinkTable rows(sink, std::move(head));
      if (rows.wanted()) tell_rows(rows);
    }
  }

 private:
  static void tell_relations(RowSink& sink, const db::SqliteTable& table, const std::vector<db::SqliteTable>& tables) {
    for (const auto& column : table.columns)
      if (column.in_key) sink.relation({table.name, column.name, "", ""});
    for (const auto& reference : table.references) {
      const auto to_column = reference.to_column.empty() ? key_of(reference.to_table, tables) : reference.to_column;
      if (!to_column.empty()) sink.relation({table.name, reference.column, reference.to_table, to_column});
    }
  }

  // The primary key where it is one column; else "".
  static std::string key_of(std::string_view name, const std::vector<db::SqliteTable>& tables) {
    std::string key;
    for (const auto& table : tables)
      for (const auto& column : table.columns) {
        if (table.name != name || !column.in_key) continue;
        if (!key.empty()) return "";
        key = column.name;
      }
    return key;
  }

  void tell_rows(const SinkTable& table) {
    std::vector<std::string> names;
    std::vector<std::size_t> places;
    const auto& columns = table.head().columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!table.wants(i)) continue;
      names.push_back(columns[i].name);
      places.push_back(i);
    }
    reader_.read(table.head().name, names, [&](db::Values values) {
      Cells cells(columns.size());
      for (std::size_t i = 0; i < places.size(); ++i) cells[places[i]] = std::visit(CellMaker{}, values[i]);
      table.row(std::move(cells));
    });
  }

  db::SqliteReader reader_;
};

}  // namespace

std::unique_ptr<RowSource> open_sqlite_source(const fs::path& file) { return std::make_unique<SqliteSource>(file); }

}  // namespace fragua::catalogue
