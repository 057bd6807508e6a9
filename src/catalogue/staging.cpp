#include "catalogue/staging.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"
#include "catalogue/personal_data.h"

namespace fragua::catalogue {

namespace {

constexpr std::int64_t kToldEvery = 5000;

std::string names_of(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(column.name);
  return join(names, ", ");
}

// Truths compare as in the database that they come from: `WHERE active` and `WHERE active = true`.
Cell comparable(Cell cell, bool is_truth) {
  if (!is_truth || !cell) return cell;
  if (*cell == "true") return "1";
  return *cell == "false" ? "0" : cell;
}

}  // namespace

bool Staging::wants(std::string_view table) { return mapping_.source.tables.contains(std::string(table)); }

bool Staging::wants_column(std::string_view table, std::string_view column) {
  const auto found = mapping_.source.tables.find(std::string(table));
  return found != mapping_.source.tables.end() && std::ranges::find(found->second, column) != found->second.end();
}

void Staging::table(const TableHead& head) {
  if (!seen_.insert(head.name).second) return;
  const auto mapped = mapping_.source.tables.find(head.name);
  if (mapped == mapping_.source.tables.end()) {
    left_.push_back(head.name);
    if (is_personal_table(head)) personal_.push_back(head.name);
    return;
  }
  Taken taken;
  std::vector<Column> columns;
  for (const auto& name : mapped->second) {
    const auto found = std::ranges::find(head.columns, name, &Column::name);
    if (found == head.columns.end())
      throw Error(ErrorCode::invalid_argument,
                  "the mapping names the column \"" + name + "\" of the table \"" + head.name + "\", which has " + names_of(head.columns));
    taken.places.push_back(std::size_t(found - head.columns.begin()));
    taken.is_truth.push_back(lowercase(found->type).starts_with("bool"));
    columns.push_back(*found);
    if (is_personal_column(name)) personal_columns_.push_back(head.name + "." + name);
  }
  repository_.create_table(head.name, columns);
  counts_[head.name] = 0;
  taken_[head.name] = std::move(taken);
}

void Staging::row(std::string_view table, Cells cells) {
  if (++rows_ % kToldEvery == 0) read_rows_(rows_);
  const auto found = taken_.find(table);
  if (found == taken_.end()) return;
  const auto& taken = found->second;
  Cells kept;
  for (std::size_t i = 0; i < taken.places.size(); ++i) kept.push_back(comparable(std::move(cells.at(taken.places[i])), taken.is_truth[i]));
  repository_.insert(found->first, kept);
  ++counts_.find(table)->second;
}

void Staging::relation(const Relation& relation) {
  joined_.insert({relation.table, relation.column});
  if (!relation.to_table.empty()) joined_.insert({relation.to_table, relation.to_column});
}

void Staging::finish() {
  for (const auto& [name, columns] : mapping_.source.tables) {
    if (taken_.contains(name)) continue;
    const std::vector<std::string> there(seen_.begin(), seen_.end());
    throw Error(ErrorCode::invalid_argument, "the mapping names the table \"" + name + "\"; the source has " + (there.empty() ? "no table" : join(there, ", ")));
  }
  for (const auto& [table, column] : joined_)
    if (taken_.contains(table) && wants_column(table, column)) repository_.create_index(table, column);
}

}  // namespace fragua::catalogue
