#include "catalogue/item_repository.h"

#include <algorithm>

#include "base/strings.h"
#include "search/analysis.h"
#include "search/words.h"

namespace fragua::catalogue {

namespace {

constexpr std::int64_t kTitlesRead = 200;   // of which those are kept whose words stand in the title itself

// What all conditions but those of facets leave, and which facets' conditions an item misses: none, and it is found; one alone, and it
// counts among the values of that facet.
constexpr std::string_view kCandidates =
    "WITH hits AS MATERIALIZED (SELECT rowid AS number, bm25(catalogue_terms, 0.0, 1.0) AS score FROM catalogue_terms"
    "   WHERE catalogue_terms MATCH CASE WHEN $2 = '' THEN 'scope : none' ELSE $2 END),"   // an empty expression is an error
    " wanted AS MATERIALIZED (SELECT field.key AS field, value.value AS value FROM json_each($3) field, json_each(field.value) value),"
    " unwanted AS MATERIALIZED (SELECT field.key AS field, value.value AS value FROM json_each($4) field, json_each(field.value) value),"
    " fields AS MATERIALIZED (SELECT key AS field FROM json_each($3)),"
    " candidates AS MATERIALIZED (SELECT i.number, i.item_key, i.title, i.day, i.starts_at, i.price, h.score,"
    "     (SELECT group_concat(fields.field, '/') FROM fields WHERE NOT EXISTS (SELECT 1 FROM wanted w CROSS JOIN catalogue_facets f"
    "        WHERE w.field = fields.field AND f.item_number = i.number AND f.field = w.field AND f.value = w.value)) AS missed"
    "   FROM catalogues k JOIN catalogue_items i ON i.catalogue_number = k.number AND i.version = k.version"
    "   LEFT JOIN hits h ON h.number = i.number"
    "   WHERE k.number = $1 AND ($2 = '' OR h.number IS NOT NULL)"
    "     AND ($5 = '' OR i.day >= $5) AND ($6 = '' OR i.day <= $6)"
    "     AND ($7 IS NULL OR i.price >= $7) AND ($8 IS NULL OR i.price <= $8)"
    "     AND NOT EXISTS (SELECT 1 FROM unwanted u CROSS JOIN catalogue_facets f"
    "        WHERE f.item_number = i.number AND f.field = u.field AND f.value = u.value))";

// Without its order by text, a day is what one looks for first, and of what is over ('~' stands after every digit) last; what has none comes after all.
constexpr std::string_view kPage =
    ", page AS MATERIALIZED (SELECT number, starts_at, item_key, place FROM (SELECT *, CASE $9 WHEN 'score' THEN score WHEN 'price' THEN price"
    "     WHEN 'title' THEN title WHEN 'coming' THEN iif(day < $13, '~', '') || starts_at ELSE starts_at END AS place FROM candidates WHERE missed IS NULL)"
    "   ORDER BY place IS NULL, CASE WHEN $10 = 0 THEN place END COLLATE NOCASE, CASE WHEN $10 = 1 THEN place END COLLATE NOCASE DESC,"
    "     starts_at, item_key LIMIT $11 OFFSET $12)"
    " SELECT i.item_key, i.content FROM page CROSS JOIN catalogue_items i ON i.number = page.number"
    " ORDER BY place IS NULL, CASE WHEN $10 = 0 THEN place END COLLATE NOCASE, CASE WHEN $10 = 1 THEN place END COLLATE NOCASE DESC,"
    "   page.starts_at, page.item_key";
constexpr std::string_view kSpans = "SELECT count(*), min(day), max(day), min(price), max(price), avg(price) FROM candidates WHERE missed IS NULL";
constexpr std::string_view kCounts =
    "SELECT f.field, f.value, count(*), avg(c.price) FROM candidates c JOIN catalogue_facets f ON f.item_number = c.number"
    " WHERE c.missed IS NULL OR c.missed = f.field GROUP BY f.field, f.value ORDER BY 1, 3 DESC, 2";

const std::string& page_sql() {
  static const std::string sql = join({std::string(kCandidates), std::string(kPage)}, " ");
  return sql;
}
const std::string& spans_sql() {
  static const std::string sql = join({std::string(kCandidates), std::string(kSpans)}, " ");
  return sql;
}
const std::string& counts_sql() {
  static const std::string sql = join({std::string(kCandidates), std::string(kCounts)}, " ");
  return sql;
}

db::Value or_null(const std::optional<double>& value) { return value ? db::Value(*value) : db::Value(nullptr); }

// An expression of the text index, bound as a value: these words among the items of this version.
std::string in_version(const Catalogue& catalogue, const std::string& match) {
  const auto scope = "c" + std::to_string(catalogue.number) + "v" + std::to_string(catalogue.version);
  return join({"scope :", scope, "AND terms : (", match, ")"}, " ");
}

std::string expression(const Catalogue& catalogue, const std::string& text) {
  const auto match = search::match_expression(text);
  return match.empty() ? "" : in_version(catalogue, match);
}

db::Values conditions(const Catalogue& catalogue, const Filter& filter) {
  const auto days = filter.days.value_or(DayRange{});
  return {catalogue.number,
          expression(catalogue, filter.text),
          to_json(json::value_from(filter.facets)),
          to_json(json::value_from(filter.without)),
          days.from,
          days.until,
          or_null(filter.price_min),
          or_null(filter.price_max)};
}

std::string order_of(const Filter& filter) {
  if (filter.sort == SortBy::price) return "price";
  if (filter.sort == SortBy::title) return "title";
  if (filter.sort == SortBy::date) return "day";
  return filter.text.empty() ? "coming" : "score";
}

Item read_item(const db::Row& row) { return {row.text(0), parse_json(row.text(1)).as_object()}; }

std::vector<Item> read_items(const db::Rows& rows) {
  std::vector<Item> items;
  items.reserve(rows.size());
  for (const auto& row : rows) items.push_back(read_item(row));
  return items;
}

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  for (const auto& word : search::words_of(text))
    for (const auto& part : word.parts) words.push_back(search::without_accents(part));
  return words;
}

// Each of these begins a word of the title.
bool begins_like(const std::vector<std::string>& title, const std::vector<std::string>& beginnings) {
  return std::all_of(beginnings.begin(), beginnings.end(), [&](const std::string& beginning) {
    return std::any_of(title.begin(), title.end(), [&](const std::string& word) { return word.starts_with(beginning); });
  });
}

void read_spans(const db::Row& row, Found& found) {
  found.total = row.integer(0);
  found.first_day = row.text(1);
  found.last_day = row.text(2);
  found.price_min = row.maybe_real(3);
  found.price_max = row.maybe_real(4);
  found.price_mean = row.maybe_real(5);
}

}  // namespace

Found ItemRepository::find(const Catalogue& catalogue, const Filter& filter) {
  Found found;
  const auto wanted = conditions(catalogue, filter);
  read_spans(db_.query(spans_sql(), wanted).front(), found);
  auto page = wanted;
  for (db::Value value : {db::Value(order_of(filter)), db::Value(std::int64_t(filter.descending)), db::Value(filter.limit), db::Value(filter.offset), db::Value(filter.today)})
    page.push_back(std::move(value));
  found.items = read_items(db_.query(page_sql(), std::move(page)));
  for (const auto& row : db_.query(counts_sql(), wanted)) {
    if (found.facets.empty() || found.facets.back().field != row.text(0)) found.facets.push_back({row.text(0), {}});
    found.facets.back().values.push_back({row.text(1), row.integer(2), {}, row.maybe_real(3)});
  }
  return found;
}

std::vector<Item> ItemRepository::items(const Catalogue& catalogue, const std::vector<std::string>& keys) {
  return read_items(db_.query(
      "SELECT i.item_key, i.content FROM json_each($2) wanted JOIN catalogues k ON k.number = $1"
      " JOIN catalogue_items i ON i.catalogue_number = k.number AND i.version = k.version AND i.item_key = wanted.value ORDER BY wanted.key",
      {catalogue.number, to_json(json::value_from(keys))}));
}

bool ItemRepository::matches(const std::string& match) {
  return !match.empty() && !db_.query("SELECT 1 FROM catalogue_terms WHERE catalogue_terms MATCH $1 LIMIT 1", {match}).empty();
}

std::vector<std::string> ItemRepository::known(const Catalogue& catalogue, const std::vector<std::string>& words) {
  std::vector<std::string> known;
  for (const auto& word : words)
    if (matches(expression(catalogue, word))) known.push_back(word);
  return known;
}

std::vector<std::string> ItemRepository::known_as_they_are(const Catalogue& catalogue, const std::vector<std::string>& words) {
  std::vector<std::string> known;
  for (const auto& word : words) {
    const auto folded = folded_words(word);
    if (folded.size() == 1 && matches(in_version(catalogue, '"' + folded.front() + '"'))) known.push_back(word);
  }
  return known;
}

std::vector<Item> ItemRepository::titled(const Catalogue& catalogue, const std::string& beginning, std::int64_t limit) {
  const auto words = folded_words(beginning);
  std::vector<Item> items;
  if (words.empty()) return items;
  std::vector<std::string> phrases;
  for (const auto& word : words) phrases.push_back('"' + word + "\" *");
  const auto rows = db_.query(
      "SELECT i.item_key, i.content, i.title FROM catalogue_terms t JOIN catalogue_items i ON i.number = t.rowid"
      " WHERE t.catalogue_terms MATCH $1 ORDER BY i.day IS NULL, i.day DESC, i.item_key LIMIT $2",
      {in_version(catalogue, join(phrases, " AND ")), kTitlesRead});
  for (const auto& row : rows)
    if (std::int64_t(items.size()) < limit && begins_like(folded_words(row.text(2)), words)) items.push_back(read_item(row));
  return items;
}

}  // namespace fragua::catalogue
