#include "db/migrations.h"

#include <charconv>

#include "base/error.h"

namespace fragua::db {

namespace {

// "0001_accounts.sql" -> 1
std::int64_t number_of(const EmbeddedFile& file) {
  std::int64_t number = 0;
  std::from_chars(file.name.data(), file.name.data() + file.name.size(), number);
  CHECK_THAT(number > 0);
  return number;
}

std::int64_t version_of(Connection& connection) {
  const auto rows = connection.query("SELECT max(version) FROM schema_versions");
  return rows.front().integer(0);
}

void make_table(Connection& connection) {
  connection.execute("CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, name TEXT NOT NULL)");
}

// One statement after another: our own files end each with ";" at the end of a line, and those inside a trigger are indented.
void run_statements(Connection& connection, std::string_view sql) {
  while (!sql.empty()) {
    auto end = sql.find(";\n");
    while (end != std::string_view::npos && end + 2 < sql.size() && (sql[end + 2] == ' ' || sql.substr(end + 2, 3) == "END"))
      end = sql.find(";\n", end + 2);
    const auto statement = sql.substr(0, end);
    if (statement.find_first_not_of(" \n") != std::string_view::npos) connection.execute(statement);
    sql.remove_prefix(end == std::string_view::npos ? sql.size() : end + 2);
  }
}

}  // namespace

MigrationState migration_state(Database& database, std::span<const EmbeddedFile> files) {
  MigrationState state;
  database.write([&](Connection& connection) {
    make_table(connection);
    state.from = version_of(connection);
  });
  state.to = files.empty() ? 0 : number_of(files.back());
  return state;
}

void migrate(Database& database, std::span<const EmbeddedFile> files) {
  const auto state = migration_state(database, files);
  if (state.from > state.to)
    throw Error(ErrorCode::unsupported, "the database was written by a newer Fragua (schema " + std::to_string(state.from) + ", this one knows " +
                                            std::to_string(state.to) + "): install that version or restore an older backup");
  for (const auto& file : files) {
    const auto number = number_of(file);
    if (number <= state.from) continue;
    database.write([&](Connection& connection) {
      run_statements(connection, file.bytes);
      connection.execute("INSERT INTO schema_versions (version, name) VALUES ($1, $2)", {number, std::string(file.name)});
    });
  }
}

}  // namespace fragua::db
