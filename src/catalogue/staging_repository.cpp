#include "catalogue/staging_repository.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::catalogue {

namespace {

std::string identifier(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  for (const auto beginning : beginnings)
    if (text.starts_with(beginning)) return true;
  return false;
}

// What SQLite makes of values: "16.00" of numeric(10,2) is the number 16, "046035" of a text stays what it is.
std::string_view affinity_of(std::string_view type) {
  const auto word = lowercase(type);
  if (word.ends_with("[]")) return "TEXT";
  if (begins_with_any(word, {"int", "smallint", "bigint", "serial", "bigserial", "boolean", "bool"})) return "INTEGER";
  if (begins_with_any(word, {"numeric", "decimal", "real", "double", "float", "money"})) return "NUMERIC";
  return "TEXT";
}

db::Values as_values(const Cells& cells) {
  db::Values values;
  for (const auto& cell : cells) values.push_back(cell ? db::Value(*cell) : db::Value(nullptr));
  return values;
}

std::string places(std::size_t count) {
  std::string text;
  for (std::size_t i = 1; i <= count; ++i) text += fmt::format("{}${}", i == 1 ? "" : ", ", i);
  return text;
}

// "the database says: no such column: e.nam" without what people cannot use.
std::string reason_of(const Error& error) {
  const std::string_view what = error.what();
  constexpr std::string_view kBegin = "the database says: ";
  return std::string(what.starts_with(kBegin) ? what.substr(kBegin.size()) : what);
}

}  // namespace

void StagingRepository::create_table(const std::string& name, const std::vector<Column>& columns) {
  std::string list;
  for (const auto& column : columns) list += fmt::format("{}{} {}", list.empty() ? "" : ", ", identifier(column.name), affinity_of(column.type));
  connection_.execute(fmt::format("CREATE TABLE {} ({})", identifier(name), list));
}

void StagingRepository::create_index(const std::string& table, const std::string& column) {
  connection_.execute(fmt::format("CREATE INDEX {} ON {} ({})", identifier("fragua_" + table + "." + column), identifier(table), identifier(column)));
}

void StagingRepository::insert(const std::string& table, const Cells& cells) {
  if (insert_table_ != table) {
    insert_table_ = table;
    insert_sql_ = fmt::format("INSERT INTO {} VALUES ({})", identifier(table), places(cells.size()));
  }
  connection_.execute(insert_sql_, as_values(cells));
}

// The only place where words of a person become SQL. Behind AS the database takes one SELECT and nothing else, and it knows nothing but
// the staged tables.
void StagingRepository::run_query(const std::string& query) {
  try {
    connection_.execute(fmt::format("CREATE TABLE fragua_items AS {}", query));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::internal) throw;
    throw Error(ErrorCode::invalid_argument, "the mapping's \"source.query\" cannot be run: " + reason_of(error));
  }
}

void StagingRepository::build_items(const std::string& query, const std::string& key_column) {
  run_query(query);
  const auto columns = item_columns();
  if (std::find(columns.begin(), columns.end(), key_column) != columns.end())
    connection_.execute(fmt::format("CREATE INDEX fragua_items_by_key ON fragua_items ({})", identifier(key_column)));
}

std::vector<std::string> StagingRepository::item_columns() {
  std::vector<std::string> names;
  for (const auto& row : connection_.query("SELECT name FROM pragma_table_info('fragua_items') ORDER BY cid")) names.push_back(row.text(0));
  return names;
}

std::int64_t StagingRepository::count_items() { return connection_.query("SELECT count(*) FROM fragua_items").at(0).integer(0); }

std::vector<std::optional<std::string>> StagingRepository::bad_keys(const std::string& key_column) {
  std::vector<std::optional<std::string>> keys;
  const auto column = identifier(key_column);
  const auto sql = fmt::format("SELECT CAST({0} AS TEXT) FROM fragua_items GROUP BY {0} HAVING count(*) > 1 OR {0} IS NULL LIMIT 3", column);
  for (const auto& row : connection_.query(sql)) keys.push_back(row.maybe_text(0));
  return keys;
}

db::Rows StagingRepository::items_after(std::int64_t place, std::int64_t limit) {
  return connection_.query("SELECT rowid, * FROM fragua_items WHERE rowid > $1 ORDER BY rowid LIMIT $2", {place, limit});
}

}  // namespace fragua::catalogue
