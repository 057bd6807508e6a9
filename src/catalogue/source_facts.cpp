#include "catalogue/source_facts.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "catalogue/local_time.h"
#include "catalogue/personal_data.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kDistinctMaxBytes = 100;     // of a value of a facet
constexpr std::size_t kDayMaxBytes = 40;

bool is_number(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(number);
}

void look_at(ColumnFacts& facts, const std::string& text) {
  ++facts.filled;
  facts.bytes += std::int64_t(text.size());
  if (is_number(text)) ++facts.numbers;
  if (text.size() <= kDayMaxBytes && local_time(text, "UTC")) ++facts.days;
  if (facts.has_few()) facts.distinct.insert(text.substr(0, kDistinctMaxBytes));
  if (facts.is_unique && facts.hashes.size() < kUniqueMax) facts.is_unique = facts.hashes.insert(std::hash<std::string>()(text)).second;
}

}  // namespace

const ColumnFacts* TableFacts::column(std::string_view name) const {
  const auto found = std::ranges::find_if(columns, [&](const ColumnFacts& one) { return one.column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

bool SourceFacts::wants_column(std::string_view, std::string_view column) { return !is_personal_column(column); }

void SourceFacts::table(const TableHead& head) {
  if (tables_.contains(head.name)) return;
  TableFacts facts;
  facts.name = head.name;
  facts.is_personal = is_personal_table(head);
  for (const auto& column : head.columns) facts.columns.push_back({column});
  tables_.emplace(head.name, std::move(facts));
  order_.push_back(head.name);
}

void SourceFacts::row(std::string_view table, Cells cells) {
  auto& facts = tables_.find(table)->second;
  ++facts.rows;
  if (facts.is_personal) return;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (cells[i]) look_at(facts.columns[i], *cells[i]);
}

void SourceFacts::relation(const Relation& relation) {
  const auto found = tables_.find(relation.table);
  if (found == tables_.end()) return;
  auto& facts = found->second;
  if (!relation.to_table.empty()) facts.references.push_back(relation);
  else facts.key = facts.key.empty() ? relation.column : "";   // a key of two columns is none that an item could have
}

std::vector<const TableFacts*> SourceFacts::tables() const {
  std::vector<const TableFacts*> list;
  for (const auto& name : order_) list.push_back(find(name));
  return list;
}

const TableFacts* SourceFacts::find(std::string_view name) const {
  const auto found = tables_.find(name);
  return found == tables_.end() ? nullptr : &found->second;
}

}  // namespace fragua::catalogue
