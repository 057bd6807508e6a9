#include "catalogue/sources/sql_tables.h"

#include <fmt/format.h>

namespace fragua::catalogue {

SqlTables::Key SqlTables::key_of(const QualifiedName& name) const {
  return {database_, (name.schema.empty() ? schema_ : name.schema) + "." + name.name};
}

SqlTable& SqlTables::define(const QualifiedName& name, std::vector<Column> columns, Position at) {
  if (tables_.size() >= kTablesMax) fail_at(at, fmt::format("more than {} tables", kTablesMax));
  if (columns.size() > kColumnsMax) fail_at(at, fmt::format("\"{}\" has more than {} columns", name.name, kColumnsMax));
  if (tables_.contains(key_of(name))) fail_at(at, fmt::format("the table \"{}\" is defined twice", name.name));
  if (names_[name.name]++ > 0 && sink_.wants(name.name))
    fail_at(at, fmt::format("two schemas or databases have a table \"{}\": dump the one that is meant (pg_dump --schema)", name.name));
  std::vector<CellForm> forms;
  for (auto& column : columns) {
    forms.push_back(form_of(column.type));
    if (const auto known = enumerations_.find(column.type); known != enumerations_.end()) column.values = known->second;
  }
  SqlTable table{SinkTable(sink_, TableHead{name.name, std::move(columns)}), std::move(forms), {}, nullptr};
  return tables_.emplace(key_of(name), std::move(table)).first->second;
}

SqlTable* SqlTables::find(const QualifiedName& name) {
  const auto found = tables_.find(key_of(name));
  return found == tables_.end() ? nullptr : &found->second;
}

void SqlTables::tell_key(const QualifiedName& table, std::vector<std::string> columns) {
  for (const auto& column : columns) sink_.relation({table.name, column, "", ""});
  if (auto* known = find(table)) known->key = std::move(columns);
}

void SqlTables::attach(const QualifiedName& table, const QualifiedName& partition) {
  auto* whole = find(table);
  auto* part = find(partition);
  auto* top = whole;
  while (top && top->part_of) top = top->part_of;
  if (part && top && top != part) part->part_of = whole;  // never round in a circle
}

// One to a table without a known primary key says nothing that could be used.
void SqlTables::tell_reference(const QualifiedName& table, const SqlReference& reference) {
  auto to_columns = reference.to_columns;
  const auto* to = find(reference.to);
  if (to_columns.empty() && to) to_columns = to->key;
  if (to_columns.size() != reference.columns.size()) return;
  for (std::size_t i = 0; i < to_columns.size(); ++i)
    sink_.relation({table.name, reference.columns[i], reference.to.name, to_columns[i]});
}

}  // namespace fragua::catalogue
