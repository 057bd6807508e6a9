#include "catalogue/importer.h"

#include <algorithm>

#include "base/error.h"
#include "catalogue/item_maker.h"
#include "catalogue/staging.h"
#include "db/sqlite/database.h"

namespace fragua::catalogue {

namespace {

constexpr std::int64_t kBatch = 500;
constexpr std::size_t kTablesTold = 200;

// What people should look at.
struct Doubts {
  std::int64_t without_date = 0, without_price = 0;
  std::map<std::string, std::int64_t> without_value;   // of a facet

  void look_at(const Mapping& mapping, const ImportedItem& item) {
    if (!item.day) ++without_date;
    if (!item.price) ++without_price;
    for (const auto& field : mapping.fields)
      if (field.field.kind == FieldKind::facet && !item.facets.contains(field.field.name)) ++without_value[field.field.name];
  }
  void tell(const Mapping& mapping, ImportReport& report) const {
    const auto warn = [&](std::int64_t count, const std::string& what) {
      if (count > 0) report.warnings.push_back(std::to_string(count) + " of " + std::to_string(report.items) + " items have no " + what);
    };
    if (const auto* date = mapping.field_of(FieldKind::date)) warn(without_date, date->field.name);
    if (const auto* price = mapping.field_of(FieldKind::price)) warn(without_price, price->field.name);
    for (const auto& [facet, count] : without_value) warn(count, facet);
    if (report.items == 0) report.warnings.push_back("the query gave no items");
  }
};

void stage(const Mapping& mapping, RowSource& source, db::Connection& connection, ImportListener& listener, ImportReport& report) {
  StagingRepository repository(connection);
  Staging staging(mapping, repository, [&](std::int64_t rows) { listener.rows_read(rows); });
  source.read(staging);
  staging.finish();
  for (const auto& [table, rows] : staging.counts()) report.tables.push_back({table, rows});
  report.left = staging.left();
  if (report.left.size() > kTablesTold) report.left.resize(kTablesTold);
  report.personal = staging.personal();
  for (const auto& column : staging.personal_columns())
    report.warnings.push_back("the mapping names " + column + ", which looks like data about people: leave it out unless everybody may see it");
}

void tell_damages(const TextRepair& repair, ImportReport& report) {
  for (const auto& damage : repair.report()) {
    DamageCount count{damage.field, std::string(name_of(damage.kind)), damage.repaired, damage.left, {}};
    for (const auto& example : damage.examples) count.examples.push_back({example.before, example.after});
    report.damages.push_back(std::move(count));
  }
}

// Every row of the items, a batch at a time.
void each_item(StagingRepository& repository, const std::function<void(const db::Row&)>& work) {
  std::int64_t place = 0;
  for (auto rows = repository.items_after(0, kBatch); !rows.empty(); rows = repository.items_after(place, kBatch)) {
    for (const auto& row : rows) work(row);
    place = rows.back().integer(0);
  }
}

void check_keys(const std::string& key, StagingRepository& repository) {
  const auto columns = repository.item_columns();
  if (std::ranges::find(columns, key) == columns.end()) return;   // ItemMaker says so
  const auto bad = repository.bad_keys(key);
  if (bad.empty()) return;
  if (!bad[0]) throw Error(ErrorCode::invalid_argument, "an item has no \"" + key + "\": the mapping's query must give each item one");
  throw Error(ErrorCode::invalid_argument, "several items have the " + key + " \"" + *bad[0] + "\": the mapping's query must give each item one row, and each a key of its own");
}

}  // namespace

ImportReport import_items(const Mapping& mapping, RowSource& source, const fs::path& staging, ImportListener& listener) {
  ImportReport report;
  const auto database = db::open_sqlite({staging, 1});
  const auto key = mapping.field_of(FieldKind::key)->field.name;
  database->write([&](db::Connection& connection) { stage(mapping, source, connection, listener, report); });
  database->write([&](db::Connection& connection) {
    StagingRepository repository(connection);
    repository.build_items(mapping.source.query, key);
    check_keys(key, repository);
    report.items = repository.count_items();
  });
  listener.items_found(report.items);
  database->read([&](db::Connection& connection) {
    StagingRepository repository(connection);
    TextRepair repair(mapping.repair);
    ItemMaker maker(mapping, repair, repository.item_columns());
    Doubts doubts;
    each_item(repository, [&](const db::Row& row) { maker.learn(row); });
    each_item(repository, [&](const db::Row& row) {
      auto item = maker.make(row);
      doubts.look_at(mapping, item);
      listener.item(std::move(item));
    });
    tell_damages(repair, report);
    doubts.tell(mapping, report);
  });
  return report;
}

}  // namespace fragua::catalogue
