#include "catalogue/mapping.h"

#include <algorithm>

#include "base/error.h"
#include "base/strings.h"
#include "catalogue/definition.h"
#include "catalogue/local_time.h"
#include "catalogue/toml_table.h"
#include "models/name.h"

namespace fragua::catalogue {

namespace {

constexpr std::string_view kKinds = "key, title, text, facet, date, price, number or shown";
constexpr std::size_t kChannelBytesMax = 63;    // PostgreSQL cuts longer names
constexpr std::chrono::seconds kRefreshMin{60};

bool is_field_name(std::string_view name) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= 60 && name[0] >= 'a' && name[0] <= 'z' && std::ranges::all_of(name, fits);
}

// A name that could mean two values would mean either, at random.
void check_names(const TomlTable& table, const FieldMapping& mapping) {
  std::map<std::string, std::string> values;
  for (const auto& [value, names] : mapping.names)
    for (const auto& name : names) {
      const auto [known, is_new] = values.emplace(name, value);
      if (!is_new && known->second != value)
        fail_at(table.where("names"), "\"" + name + "\" is another name of both \"" + known->second + "\" and \"" + value + "\": leave it with one");
    }
}

FieldMapping read_field(const toml::table& from) {
  TomlTable table(from, "fields");
  FieldMapping mapping;
  auto& field = mapping.field;
  field.name = table.required_text("name");
  if (!is_field_name(field.name)) fail_at(table.where("name"), "a field's name must be of small letters, digits and _, and begin with a letter: \"" + field.name + "\" is not");
  const auto kind = table.text("kind", "shown");
  const auto known = kind_named(kind);
  if (!known) fail_at(table.where("kind"), "\"kind\" must be " + std::string(kKinds) + ", not \"" + kind + "\"");
  field.kind = *known;
  field.label = table.text("label", field.name);
  const auto letter_case = table.text("letter_case", "as_is");
  if (letter_case != "lower" && letter_case != "as_is") fail_at(table.where("letter_case"), "\"letter_case\" must be lower or as_is");
  mapping.lower_case = letter_case == "lower";
  mapping.names = table.lists("names");
  check_names(table, mapping);
  if (field.kind != FieldKind::facet && (mapping.lower_case || !mapping.names.empty()))
    fail_at(table.where(), "\"letter_case\" and \"names\" are for facets; \"" + field.name + "\" is of the kind " + kind);
  table.finish();
  return mapping;
}

void check_kinds(const toml::array& list, const std::vector<FieldMapping>& fields) {
  const auto count = [&](FieldKind kind) { return std::ranges::count_if(fields, [kind](const auto& one) { return one.field.kind == kind; }); };
  for (const auto kind : {FieldKind::key, FieldKind::title})
    if (count(kind) != 1) fail_at(list.source(), "there must be exactly one field of the kind " + std::string(name_of(kind)) + ", not " + std::to_string(count(kind)));
  for (const auto kind : {FieldKind::date, FieldKind::price})
    if (count(kind) > 1) fail_at(list.source(), "there may be one field of the kind " + std::string(name_of(kind)) + ": make the others \"shown\" or \"number\"");
}

std::vector<FieldMapping> read_fields(TomlTable& file) {
  const auto* list = file.tables("fields");
  if (!list || list->empty()) fail_at(file.where(), "there must be [[fields]]: one for each column of the query");
  if (list->size() > kFieldsMax) fail_at(list->source(), "there may be " + std::to_string(kFieldsMax) + " fields");
  std::vector<FieldMapping> fields;
  for (const auto& node : *list) {
    auto field = read_field(*node.as_table());
    const auto is_same = [&](const auto& other) { return other.field.name == field.field.name; };
    if (std::ranges::any_of(fields, is_same)) fail_at(node.source(), "the field \"" + field.field.name + "\" is there twice");
    fields.push_back(std::move(field));
  }
  check_kinds(*list, fields);
  return fields;
}

std::chrono::seconds read_refresh(TomlTable& table, bool is_live) {
  const auto text = table.text("refresh");
  if (text.empty()) return std::chrono::seconds(0);
  if (!is_live) fail_at(table.where("refresh"), "\"source.refresh\" needs a \"connection\": a file that was handed in does not change");
  const auto duration = parse_go_duration(text);
  if (!duration || *duration < kRefreshMin) fail_at(table.where("refresh"), "\"source.refresh\" must be a duration of a minute or more, such as \"1h\"");
  return std::chrono::duration_cast<std::chrono::seconds>(*duration);
}

std::string read_channel(TomlTable& table, bool is_live) {
  const auto channel = table.text("notify");
  if (!channel.empty() && !is_live) fail_at(table.where("notify"), "\"source.notify\" needs a \"connection\": a file that was handed in does not change");
  if (channel.size() > kChannelBytesMax) fail_at(table.where("notify"), "\"source.notify\" must be the name of a channel, of at most 63 bytes");
  return channel;
}

SourceMapping read_source(TomlTable& file) {
  const auto* from = file.table("source");
  if (!from) fail_at(file.where(), "there must be a [source] with tables and a query");
  TomlTable table(*from, "source");
  SourceMapping source;
  source.tables = table.lists("tables");
  if (source.tables.empty() || source.tables.size() > kMappedTablesMax)
    fail_at(table.where("tables"), "\"source.tables\" must name 1 to " + std::to_string(kMappedTablesMax) + " tables with their columns: { Event = [\"id\", \"name\"] }");
  for (const auto& [name, columns] : source.tables)
    if (columns.empty()) fail_at(table.where("tables"), "\"source.tables." + name + "\" must name the columns that are read");
  source.query = table.required_text("query");
  const auto begin = lowercase(trimmed(source.query).substr(0, 6));
  if (begin != "select" && !begin.starts_with("with")) fail_at(table.where("query"), "\"source.query\" must be one SELECT: one item a row");
  source.connection = table.text("connection");
  source.refresh = read_refresh(table, !source.connection.empty());
  source.notify = read_channel(table, !source.connection.empty());
  table.finish();
  return source;
}

void read_model(TomlTable& table, ModelMapping& model) {
  model.model = table.text("model");
  model.from = table.text("from");
  model.system = table.text("system");
  for (const std::string_view key : {"model", "from"}) {
    const auto& name = key == "model" ? model.model : model.from;
    if (!name.empty() && !models::ModelName::parse(name)) fail_at(table.where(key), "\"" + table.name(key) + "\" must be the name of a model, not \"" + name + "\"");
  }
}

void read_search(TomlTable& file, Mapping& mapping) {
  const auto* from = file.table("search");
  if (!from) return;
  TomlTable table(*from, "search");
  read_model(table, mapping.search);
  mapping.cheap_price = table.number("cheap_price", 0);
  if (mapping.cheap_price < 0) fail_at(table.where("cheap_price"), "\"search.cheap_price\" must be 0 or more");
  table.finish();
}

void read_assistant(TomlTable& file, Mapping& mapping) {
  const auto* from = file.table("assistant");
  if (!from) return;
  TomlTable table(*from, "assistant");
  read_model(table, mapping.assistant);
  mapping.collection = table.text("collection");
  table.finish();
  if (!mapping.assistant.model.empty() && mapping.assistant.model == mapping.search.model)
    fail_at(table.where("model"), "\"assistant.model\" must be another one than \"search.model\"");
}

Words read_words(TomlTable& file, const std::string& title) {
  const auto* from = file.table("words");
  if (!from) return {title, title};
  TomlTable table(*from, "words");
  Words words{table.required_text("one"), table.required_text("many")};
  table.finish();
  return words;
}

bool is_currency(std::string_view code) {
  return code.empty() || (code.size() == 3 && std::ranges::all_of(code, [](char c) { return c >= 'A' && c <= 'Z'; }));
}

}  // namespace

const FieldMapping* Mapping::field_of(FieldKind kind) const {
  const auto found = std::ranges::find_if(fields, [kind](const auto& one) { return one.field.kind == kind; });
  return found == fields.end() ? nullptr : &*found;
}

Mapping parse_mapping(std::string_view toml) {
  if (toml.size() > kMappingMaxBytes) throw Error(ErrorCode::too_large, "a mapping may have 1 MiB");
  const auto parsed = parse_toml(toml);
  TomlTable file(parsed, "");
  Mapping mapping;
  mapping.title = file.required_text("title");
  mapping.time_zone = file.text("time_zone", mapping.time_zone);
  if (!is_time_zone(mapping.time_zone)) fail_at(file.where("time_zone"), "\"time_zone\" must be one such as Europe/Madrid, not \"" + mapping.time_zone + "\"");
  mapping.currency = file.text("currency");
  if (!is_currency(mapping.currency)) fail_at(file.where("currency"), "\"currency\" must be a code such as EUR, not \"" + mapping.currency + "\"");
  mapping.words = read_words(file, mapping.title);
  mapping.source = read_source(file);
  mapping.fields = read_fields(file);
  mapping.repair = file.pairs("repair");
  if (mapping.repair.size() > kRepairLinesMax) fail_at(file.where("repair"), "\"repair\" may have " + std::to_string(kRepairLinesMax) + " lines");
  read_search(file, mapping);
  read_assistant(file, mapping);
  file.finish();
  return mapping;
}

}  // namespace fragua::catalogue
