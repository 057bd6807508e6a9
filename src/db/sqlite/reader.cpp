#include "db/sqlite/reader.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/strings.h"
#include "db/sqlite/statement.h"

namespace fragua::db {

namespace {

// The name as SQL quotes it.
std::string quoted(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

std::string text_of(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : "";
}

std::int64_t integer_of(const Value& value) {
  const auto* integer = std::get_if<std::int64_t>(&value);
  return integer ? *integer : 0;
}

}  // namespace

// `immutable`: no locks and no files beside it, also where the file says that it has a write-ahead log.
SqliteReader::SqliteReader(const std::filesystem::path& file, std::size_t value_max_bytes) {
  const auto address = "file:" + percent_encoded(file.string()) + "?immutable=1";
  sqlite3* handle = nullptr;
  const int result = sqlite3_open_v2(address.c_str(), &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(handle);
  check(result);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, int(value_max_bytes));
  each("PRAGMA cell_size_check=ON", "", [](const Values&) {});
}

void SqliteReader::check(int result) const {
  if (result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW) return;
  throw Error(code_of(result), std::string("the SQLite file cannot be read: ") + sqlite3_errmsg(handle_.get()));
}

void SqliteReader::each(const std::string& sql, const std::string& parameter, const std::function<void(Values)>& row) {
  sqlite3_stmt* prepared = nullptr;
  const int result = sqlite3_prepare_v2(handle_.get(), sql.c_str(), int(sql.size()), &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(prepared, sqlite3_finalize);
  check(result);
  if (sqlite3_bind_parameter_count(prepared) > 0)
    check(sqlite3_bind_text64(prepared, 1, parameter.data(), parameter.size(), SQLITE_STATIC, SQLITE_UTF8));
  int step = 0;
  while ((step = sqlite3_step(prepared)) == SQLITE_ROW) {
    Values values;
    for (int column = 0; column < sqlite3_column_count(prepared); ++column) values.push_back(read_column(prepared, column));
    row(std::move(values));
  }
  check(step);
}

SqliteTable SqliteReader::described(const std::string& table) {
  SqliteTable description{table, {}, {}};
  each("SELECT name, type, pk FROM pragma_table_xinfo($1) WHERE hidden <> 1 ORDER BY cid", table, [&](Values row) {
    description.columns.push_back({text_of(row[0]), text_of(row[1]), integer_of(row[2]) > 0});
  });
  each("SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list($1) ORDER BY id, seq", table, [&](Values row) {
    description.references.push_back({text_of(row[0]), text_of(row[1]), text_of(row[2])});
  });
  return description;
}

std::vector<SqliteTable> SqliteReader::tables() {
  std::vector<std::string> names;
  constexpr const char* kNames = R"(
    SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name)";
  each(kNames, "", [&](Values row) { names.push_back(text_of(row[0])); });
  std::vector<SqliteTable> tables;
  for (const auto& name : names) tables.push_back(described(name));
  return tables;
}

void SqliteReader::read(const std::string& table, const std::vector<std::string>& columns, const std::function<void(Values)>& row) {
  std::string list;
  for (const auto& column : columns) list += (list.empty() ? "" : ", ") + quoted(column);
  // Names cannot be bound; they are quoted, and come from the file's own schema.
  each(fmt::format("SELECT {} FROM {}", list.empty() ? "NULL" : list, quoted(table)), "", row);
}

}  // namespace fragua::db
