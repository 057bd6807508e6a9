#include "catalogue/write_repository.h"

namespace fragua::catalogue {

namespace {

StoredCatalogue to_stored(const db::Row& row) { return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.integer(4)}; }

std::string scope_of(std::int64_t number, std::int64_t version) { return "c" + std::to_string(number) + "v" + std::to_string(version); }

db::Value text_or_null(const std::optional<std::string>& text) { return text ? db::Value(*text) : db::Value(nullptr); }

std::optional<double> maybe_real(const db::Row& row, std::size_t column) {
  return std::holds_alternative<std::nullptr_t>(row.value(column)) ? std::nullopt : std::optional(row.real(column));
}

constexpr char kAll[] = "SELECT number, version, definition, mapping, updated_at FROM catalogues ORDER BY name";
constexpr char kFind[] = "SELECT number, version, definition, mapping, updated_at FROM catalogues WHERE name = $1";
constexpr char kAdd[] =
    "INSERT INTO catalogues (name, version, created_at, updated_at, definition, mapping) VALUES ($1, 0, $2, $2, '', '') ON CONFLICT (name) DO NOTHING";
constexpr char kAddItem[] =
    "INSERT INTO catalogue_items (catalogue_number, version, item_key, title, day, starts_at, price, content) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING number";
constexpr char kAddFacet[] = "INSERT INTO catalogue_facets (item_number, field, value) VALUES ($1, $2, $3)";
constexpr char kAddTerms[] = "INSERT INTO catalogue_terms (rowid, scope, terms) VALUES ($1, $2, $3)";
constexpr char kSpans[] =
    "SELECT count(*), min(day), max(day), min(price), max(price) FROM catalogue_items WHERE catalogue_number = $1 AND version = $2";
constexpr char kFacets[] =
    "SELECT f.field, f.value, count(*) AS items FROM catalogue_items i JOIN catalogue_facets f ON f.item_number = i.number "
    "WHERE i.catalogue_number = $1 AND i.version = $2 GROUP BY f.field, f.value ORDER BY f.field, items DESC, f.value";
// The first of them, each with how many there are.
constexpr char kOnlyIn[] =
    "SELECT item_key, title, count(*) OVER () FROM catalogue_items a WHERE catalogue_number = $1 AND version = $2 AND NOT EXISTS "
    "(SELECT 1 FROM catalogue_items b WHERE b.catalogue_number = $1 AND b.version = $3 AND b.item_key = a.item_key) ORDER BY number LIMIT 20";
constexpr char kChanged[] =
    "SELECT a.item_key, a.title, count(*) OVER () FROM catalogue_items a JOIN catalogue_items b ON b.catalogue_number = $1 AND b.version = $3 AND b.item_key = a.item_key "
    "WHERE a.catalogue_number = $1 AND a.version = $2 AND a.content <> b.content ORDER BY a.number LIMIT 20";
constexpr char kPublish[] = "UPDATE catalogues SET version = $2, updated_at = $3, definition = $4, mapping = $5 WHERE number = $1";
constexpr char kRemoveOthers[] = "DELETE FROM catalogue_items WHERE catalogue_number = $1 AND version <> $2";
constexpr char kRemoveItems[] = "DELETE FROM catalogue_items WHERE catalogue_number = $1";
constexpr char kRemove[] = "DELETE FROM catalogues WHERE number = $1";
constexpr char kContents[] =
    "SELECT number, content FROM catalogue_items WHERE catalogue_number = $1 AND version = $2 AND number > $3 ORDER BY number LIMIT $4";

}  // namespace

std::vector<StoredCatalogue> WriteRepository::all() {
  std::vector<StoredCatalogue> list;
  for (const auto& row : connection_.query(kAll)) list.push_back(to_stored(row));
  return list;
}

std::optional<StoredCatalogue> WriteRepository::find(const std::string& name) {
  const auto rows = connection_.query(kFind, {name});
  return rows.empty() ? std::nullopt : std::optional(to_stored(rows[0]));
}

StoredCatalogue WriteRepository::find_or_add(const std::string& name, std::int64_t now) {
  connection_.execute(kAdd, {name, now});
  return *find(name);
}

void WriteRepository::add_item(std::int64_t number, std::int64_t version, const ImportedItem& item) {
  const auto price = item.price ? db::Value(*item.price) : db::Value(nullptr);
  const auto rows = connection_.query(kAddItem, {number, version, item.key, item.title, text_or_null(item.day), text_or_null(item.starts_at), price, to_json(item.content)});
  const auto place = rows.at(0).integer(0);
  for (const auto& [field, values] : item.facets)
    for (const auto& value : values) connection_.execute(kAddFacet, {place, field, value});
  connection_.execute(kAddTerms, {place, scope_of(number, version), item.terms});
}

Figures WriteRepository::figures(std::int64_t number, std::int64_t version) {
  Figures figures;
  const auto spans = connection_.query(kSpans, {number, version});
  const auto& row = spans.at(0);
  figures.items = row.integer(0);
  figures.first_day = row.text(1);
  figures.last_day = row.text(2);
  figures.price_min = maybe_real(row, 3);
  figures.price_max = maybe_real(row, 4);
  for (const auto& facet : connection_.query(kFacets, {number, version})) figures.facets[facet.text(0)].push_back({facet.text(1), facet.integer(2), {}});
  return figures;
}

void WriteRepository::add_changes(const char* sql, const db::Values& values, std::vector<ItemChange>& some, std::int64_t& count) {
  for (const auto& row : connection_.query(sql, values)) {
    some.push_back({row.text(0), row.text(1)});
    count = row.integer(2);
  }
}

Changes WriteRepository::changes(std::int64_t number, std::int64_t from, std::int64_t to) {
  Changes changes;
  add_changes(kOnlyIn, {number, to, from}, changes.some_added, changes.added);
  add_changes(kOnlyIn, {number, from, to}, changes.some_removed, changes.removed);
  add_changes(kChanged, {number, to, from}, changes.some_changed, changes.changed);
  const auto all = connection_.query(kSpans, {number, to}).at(0).integer(0);
  changes.same = all - changes.added - changes.changed;
  return changes;
}

void WriteRepository::publish(const Definition& definition, const std::string& mapping, std::int64_t now) {
  const auto& catalogue = definition.catalogue;
  connection_.execute(kPublish, {catalogue.number, catalogue.version, now, to_json(write_body(definition)), mapping});
  connection_.execute(kRemoveOthers, {catalogue.number, catalogue.version});
}

// The items first: each takes its terms along, which a cascade would not do for a table without keys.
void WriteRepository::remove(const std::string& name) {
  const auto stored = find(name);
  if (!stored) return;
  connection_.execute(kRemoveItems, {stored->number});
  connection_.execute(kRemove, {stored->number});
}

void WriteRepository::remove_rests(const std::string& name) {
  const auto stored = find(name);
  if (!stored) return;
  if (stored->version == 0) return remove(name);
  connection_.execute(kRemoveOthers, {stored->number, stored->version});
}

void WriteRepository::remove_all_rests() {
  for (const auto& row : connection_.query("SELECT name FROM catalogues")) remove_rests(row.text(0));
}

db::Rows WriteRepository::contents_after(std::int64_t number, std::int64_t version, std::int64_t place, std::int64_t limit) {
  return connection_.query(kContents, {number, version, place, limit});
}

}  // namespace fragua::catalogue
