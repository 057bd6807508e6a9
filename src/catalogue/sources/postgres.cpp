#include "catalogue/sources/postgres.h"

#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "catalogue/sources/postgres_array.h"
#include "catalogue/sources/sink_table.h"
#include "catalogue/sources/text_reader.h"
#include "db/postgres/reader.h"

namespace fragua::catalogue {

namespace {

class PostgresSource final : public RowSource {
 public:
  explicit PostgresSource(db::PostgresOptions options) : reader_(std::move(options)) {}

  void read(RowSink& sink) override {
    const auto tables = reader_.tables();
    if (tables.size() > kTablesMax) throw Error(ErrorCode::invalid_argument, fmt::format("more than {} tables", kTablesMax));
    for (const auto& key : reader_.keys()) sink.relation({key.table, key.column, key.to_table, key.to_column});
    std::set<std::string> names;
    for (const auto& table : tables) {
      if (!names.insert(table.name).second && sink.wants(table.name))
        throw Error(ErrorCode::invalid_argument,
                    fmt::format("two schemas have a table \"{}\": connect as a user that sees only the one that is meant", table.name));
      tell_table(sink, table);
    }
  }

 private:
  void tell_table(RowSink& sink, const db::PostgresTable& table) {
    TableHead head{table.name, {}};
    for (const auto& column : table.columns) head.columns.push_back({column.name, column.type, column.values});
    const SinkTable rows(sink, std::move(head));
    if (rows.wanted()) tell_rows(rows, table);
  }

  void tell_rows(const SinkTable& rows, const db::PostgresTable& table) {
    std::vector<std::string> names;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (!rows.wants(i)) continue;
      names.push_back(table.columns[i].name);
      places.push_back(i);
    }
    reader_.read(table, names, [&](Cells values) {
      Cells cells(table.columns.size());
      for (std::size_t i = 0; i < places.size(); ++i)
        if (values[i]) cells[places[i]] = told(table, places[i], std::move(*values[i]));
      rows.row(std::move(cells));
    });
  }

  static std::string told(const db::PostgresTable& table, std::size_t place, std::string value) {
    const auto& column = table.columns[place];
    if (value.size() > kCellMaxBytes)
      throw Error(ErrorCode::too_large, fmt::format("a value of \"{}\".\"{}\" is longer than {} MiB", table.name, column.name, kCellMaxBytes >> 20));
    auto text = with_form(form_of(column.type), std::move(value));
    if (!text) throw Error(text.error().code(), fmt::format("\"{}\".\"{}\": {}", table.name, column.name, text.error().what()));
    return std::move(*text);
  }

  db::PostgresReader reader_;
};

}  // namespace

std::unique_ptr<RowSource> open_postgres_source(db::PostgresOptions options) { return std::make_unique<PostgresSource>(std::move(options)); }

}  // namespace fragua::catalogue
