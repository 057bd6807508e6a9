#include "catalogue/suggestion.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/json.h"
#include "base/strings.h"
#include "catalogue/definition.h"
#include "catalogue/personal_data.h"

namespace fragua::catalogue {

namespace {

constexpr int kJoinDepth = 2;
constexpr std::int64_t kLongText = 40;             // bytes on average: to be read, not chosen from
constexpr std::int64_t kFacetText = 60;

bool has_part(std::string_view name, std::initializer_list<std::string_view> parts) {
  const auto word = lowercase(name);
  return std::ranges::any_of(parts, [&](std::string_view part) { return word.find(part) != std::string::npos; });
}

bool is_title(std::string_view name) {
  const auto word = lowercase(name);
  return word == "name" || word == "title" || word == "nombre" || word == "titulo" || word == "título" || word == "label";
}

// What a database keeps for itself.
bool is_bookkeeping(std::string_view name) { return has_part(name, {"createdat", "updatedat", "created_at", "updated_at", "createdby", "created_by", "deleted", "checksum"}); }

bool is_date(const ColumnFacts& facts) {
  return facts.column.type.starts_with("timestamp") || facts.column.type == "date" || (facts.filled > 0 && facts.days == facts.filled);
}
bool is_number(const ColumnFacts& facts) { return facts.filled > 0 && facts.numbers == facts.filled && !is_date(facts); }

const ColumnFacts* title_of(const TableFacts& table) {
  for (const auto& column : table.columns)
    if (is_title(column.column.name) && column.filled > 0) return &column;
  return nullptr;
}

// "EventSubcategory" of "Event" is "subcategory".
std::string field_name(std::string_view name) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool is_capital = c >= 'A' && c <= 'Z';
    const bool was_small = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
    if (is_capital && was_small) result += '_';
    const auto small = lowercase(std::string_view(&c, 1))[0];
    result += (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9') ? small : '_';
  }
  if (result.empty() || result[0] < 'a' || result[0] > 'z') result = "field_" + result;
  return result.substr(0, 60);
}

std::string identifier(const std::string& name) { return "\"" + name + "\""; }

// A column of the query.
struct Chosen {
  std::string alias, column;
  std::string name;
  FieldKind kind = FieldKind::shown;
};

struct Joined {
  const TableFacts* table;
  std::string alias;
  std::string clause;                              // "" for the things themselves
};

class Suggestion {
 public:
  explicit Suggestion(const SourceFacts& facts) : facts_(facts), things_(find_things()) {}

  std::string text() {
    join(*things_, "t", 0, "");
    for (const auto& joined : joined_) choose(joined);
    return fmt::format("{}title = {}\ntime_zone = \"UTC\"\nwords = {{ one = {}, many = {} }}\n\n[source]\nquery = '''\n{}'''\n\n[source.tables]\n{}\n{}", people(),
                       quoted(things_->name), quoted(field_name(things_->name)), quoted(field_name(things_->name)), query(), tables(), fields());
  }

 private:
  static std::string quoted(const std::string& text) { return to_json(json::value(text)); }

  const TableFacts* find_things() const {
    const TableFacts* best = nullptr;
    const auto rank = [](const TableFacts& table) { return std::pair(table.references.size(), table.rows); };
    for (const auto* table : facts_.tables())
      if (!table->is_personal && title_of(*table) && (!best || rank(*table) > rank(*best))) best = table;
    if (!best) throw Error(ErrorCode::invalid_argument, "no table of this source has rows with a name or a title: write the mapping by hand (docs/guide/catalogue.md)");
    return best;
  }

  bool is_reference(const TableFacts& table, std::string_view column) const {
    return std::ranges::any_of(table.references, [&](const Relation& one) { return one.column == column; });
  }

  void join(const TableFacts& table, const std::string& alias, int depth, std::string clause) {
    joined_.push_back({&table, alias, std::move(clause)});
    if (depth >= kJoinDepth) return;
    for (const auto& reference : table.references) {
      const auto* to = facts_.find(reference.to_table);
      const auto is_there = [&](const Joined& one) { return one.table == to; };
      if (!to || to->is_personal || to->rows == 0 || std::ranges::any_of(joined_, is_there)) continue;
      const auto next = "j" + std::to_string(joined_.size());
      join(*to, next, depth + 1, fmt::format("LEFT JOIN {} {} ON {}.{} = {}.{}\n", identifier(to->name), next, next, identifier(reference.to_column), alias, identifier(reference.column)));
      used_.push_back({table.name, reference.column});
      used_.push_back({to->name, reference.to_column});
    }
  }

  bool has(FieldKind kind) const { return std::ranges::any_of(chosen_, [kind](const Chosen& one) { return one.kind == kind; }); }

  FieldKind kind_of(const ColumnFacts& facts, bool is_thing) const {
    const auto& name = facts.column.name;
    if (is_date(facts)) return is_thing && !has(FieldKind::date) && !has_part(name, {"sale", "door", "publish", "cancel", "complet", "end", "fin", "expire"}) ? FieldKind::date : FieldKind::shown;
    if (is_number(facts)) {
      if (!has_part(name, {"price", "precio", "cost", "tarifa", "preu", "amount", "importe"})) return FieldKind::shown;
      return is_thing && !has(FieldKind::price) && !has_part(name, {"max"}) ? FieldKind::price : FieldKind::number;
    }
    const auto average = facts.filled > 0 ? facts.bytes / facts.filled : 0;
    if (has_part(name, {"slug", "url", "image", "icon", "path", "status", "address"}) || facts.column.type.ends_with("[]")) return FieldKind::shown;
    if (average > kLongText || has_part(name, {"descri", "summary", "about", "resumen"})) return FieldKind::text;
    // Of what things refer to, each row stands for many of them.
    const auto values = std::int64_t(facts.distinct.size());
    const bool comes_again = is_thing ? values * 2 <= facts.filled : values < facts.filled;
    return facts.has_few() && values > 1 && comes_again && average <= kFacetText ? FieldKind::facet : FieldKind::shown;
  }

  void add(const Joined& joined, const ColumnFacts& facts, std::string name, FieldKind kind) {
    const auto is_taken = [&](const Chosen& one) { return one.name == name; };
    if (std::ranges::any_of(chosen_, is_taken)) name = field_name(joined.table->name) + "_" + name;
    if (std::ranges::any_of(chosen_, is_taken)) return;
    chosen_.push_back({joined.alias, facts.column.name, name, kind});
    used_.push_back({joined.table->name, facts.column.name});
  }

  std::string short_name(const TableFacts& table) const {
    const bool has_prefix = table.name.starts_with(things_->name) && table.name.size() > things_->name.size();
    return field_name(has_prefix ? std::string_view(table.name).substr(things_->name.size()) : std::string_view(table.name));
  }

  void choose_key(const Joined& joined) {
    const auto& table = *joined.table;
    auto key = table.key;
    for (const auto& column : table.columns)
      if (key.empty() && column.is_unique && column.filled == table.rows && !is_title(column.column.name) && !is_date(column)) key = column.column.name;
    if (key.empty()) chosen_.push_back({joined.alias, "rowid", "id", FieldKind::key});
    else add(joined, *table.column(key), "id", FieldKind::key);
  }

  void choose(const Joined& joined) {
    const auto& table = *joined.table;
    const bool is_thing = &table == things_;
    const auto* title = title_of(table);
    if (is_thing) choose_key(joined);
    if (title && is_thing) add(joined, *title, "name", FieldKind::title);
    else if (title) add(joined, *title, short_name(table), FieldKind::facet);
    for (const auto& column : table.columns) {
      const auto& name = column.column.name;
      const bool is_key = name == table.key || is_reference(table, name) || (is_thing && chosen_[0].column == name);
      if (&column == title || is_key || column.filled == 0 || is_bookkeeping(name) || is_personal_column(name)) continue;
      const auto kind = kind_of(column, is_thing);
      if (is_thing || kind != FieldKind::shown) add(joined, column, field_name(name), kind);
    }
  }

  std::string people() const {
    std::string text = "# A proposal, made from keys and values: read it, change it, then `fragua catalogue import NAME SOURCE --mapping FILE`.\n";
    std::vector<std::string> names;
    for (const auto* table : facts_.tables())
      if (table->is_personal) names.push_back(table->name);
    if (!names.empty()) text += "# Left out, because they look like rows of people: " + fragua::join(names, ", ") + "\n";
    return text;
  }

  std::string query() const {
    std::string text = "SELECT";
    for (const auto& one : chosen_) {
      const auto column = one.column == "rowid" ? one.column : identifier(one.column);
      text += fmt::format("{}\n  {}.{} AS {}", &one == &chosen_[0] ? "" : ",", one.alias, column, one.name);
    }
    text += fmt::format("\nFROM {} t\n", identifier(things_->name));
    for (const auto& joined : joined_) text += joined.clause;
    return text;
  }

  std::string tables() const {
    std::string text;
    for (const auto& joined : joined_) {
      std::vector<std::string> columns;
      for (const auto& column : joined.table->columns) {
        const auto is_used = [&](const auto& one) { return one.first == joined.table->name && one.second == column.column.name; };
        if (std::ranges::any_of(used_, is_used)) columns.push_back(quoted(column.column.name));
      }
      text += fmt::format("{} = [{}]\n", quoted(joined.table->name), fragua::join(columns, ", "));
    }
    return text;
  }

  std::string fields() const {
    std::string text;
    for (const auto& one : chosen_) text += fmt::format("[[fields]]\nname = {}\nkind = {}\nlabel = {}\n\n", quoted(one.name), quoted(std::string(name_of(one.kind))), quoted(one.name));
    return text;
  }

  const SourceFacts& facts_;
  const TableFacts* things_;
  std::vector<Joined> joined_;
  std::vector<Chosen> chosen_;
  std::vector<std::pair<std::string, std::string>> used_;   // table and column
};

}  // namespace

std::string suggest_mapping(const SourceFacts& facts) { return Suggestion(facts).text(); }

}  // namespace fragua::catalogue
