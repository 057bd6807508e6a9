#include "db/postgres/reader.h"

#include <fmt/format.h>

#include "base/strings.h"

namespace fragua::db {

namespace {

constexpr std::size_t kFetchRows = 1000;

// What makes values the same whoever the server and the user are.
constexpr std::pair<const char*, const char*> kSettings[] = {
    {"search_path", ""}, {"datestyle", "ISO, YMD"}, {"intervalstyle", "postgres"}, {"timezone", "UTC"}, {"bytea_output", "hex"}, {"extra_float_digits", "1"},
};

constexpr const char* kColumns = R"(
  SELECT n.nspname, c.relname, c.relkind = 'r', a.attname,
         CASE WHEN tn.nspname = 'pg_catalog' THEN pg_catalog.format_type(a.atttypid, a.atttypmod)
              WHEN t.typcategory = 'A' THEN item.typname || '[]'
              ELSE t.typname END,
         coalesce(item.typname, t.typname)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_type item ON item.oid = t.typelem AND t.typcategory = 'A'
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
    AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
  ORDER BY n.nspname, c.relname, a.attnum)";

constexpr const char* kEnumerations = R"(
  SELECT t.typname, e.enumlabel FROM pg_catalog.pg_enum e JOIN pg_catalog.pg_type t ON t.oid = e.enumtypid ORDER BY t.oid, e.enumsortorder)";

constexpr const char* kKeys = R"(
  SELECT c.relname, a.attname, coalesce(fc.relname, ''), coalesce(fa.attname, '')
  FROM pg_catalog.pg_constraint con
  CROSS JOIN LATERAL unnest(con.conkey, con.confkey) WITH ORDINALITY AS k(number, to_number, place)
  JOIN pg_catalog.pg_class c ON c.oid = con.conrelid AND NOT c.relispartition
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
  LEFT JOIN pg_catalog.pg_class fc ON fc.oid = con.confrelid
  LEFT JOIN pg_catalog.pg_attribute fa ON fa.attrelid = fc.oid AND fa.attnum = k.to_number
  WHERE con.contype IN ('p', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  ORDER BY con.contype DESC, c.relname, con.conname, k.place)";

const PostgresConnection::EachRow kNothing = [](const PostgresConnection::Cells&) {};

}  // namespace

PostgresReader::PostgresReader(PostgresOptions options) : connection_(options) {
  connection_.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", {}, kNothing);
  constexpr const char* kSet = "SELECT pg_catalog.set_config($1, $2, true)";
  for (const auto& [name, value] : kSettings) connection_.query(kSet, {name, value}, kNothing);
  connection_.query(kSet, {"statement_timeout", std::to_string(options.statement_timeout.count())}, kNothing);
}

std::map<std::string, std::vector<std::string>> PostgresReader::enumerations() {
  std::map<std::string, std::vector<std::string>> values;
  connection_.query(kEnumerations, {}, [&](PostgresConnection::Cells row) { values[*row[0]].push_back(*row[1]); });
  return values;
}

std::vector<PostgresTable> PostgresReader::tables() {
  const auto values = enumerations();
  std::vector<PostgresTable> tables;
  connection_.query(kColumns, {}, [&](PostgresConnection::Cells row) {
    if (tables.empty() || tables.back().schema != *row[0] || tables.back().name != *row[1])
      tables.push_back({*row[0], *row[1], *row[2] == "t", {}});
    const auto known = values.find(*row[5]);
    tables.back().columns.push_back({*row[3], *row[4], known == values.end() ? std::vector<std::string>() : known->second});
  });
  return tables;
}

std::vector<PostgresKey> PostgresReader::keys() {
  std::vector<PostgresKey> keys;
  connection_.query(kKeys, {}, [&](PostgresConnection::Cells row) { keys.push_back({*row[0], *row[1], *row[2], *row[3]}); });
  return keys;
}

void PostgresReader::read(const PostgresTable& table, const std::vector<std::string>& columns, const PostgresConnection::EachRow& each) {
  std::vector<std::string> quoted;
  for (const auto& column : columns) quoted.push_back(connection_.quoted(column));
  // Names cannot be bound; they are quoted, and come from the server's own catalogue.
  connection_.query(fmt::format("DECLARE fragua_rows NO SCROLL CURSOR FOR SELECT {} FROM {}{}.{}", quoted.empty() ? "NULL" : join(quoted, ", "),
                                table.only ? "ONLY " : "", connection_.quoted(table.schema), connection_.quoted(table.name)),
                    {}, kNothing);
  const auto fetch = fmt::format("FETCH {} FROM fragua_rows", kFetchRows);
  for (std::size_t rows = kFetchRows; rows == kFetchRows;) {
    rows = 0;
    connection_.query(fetch, {}, [&](PostgresConnection::Cells cells) {
      ++rows;
      each(std::move(cells));
    });
  }
  connection_.query("CLOSE fragua_rows", {}, kNothing);
}

}  // namespace fragua::db
