#include "catalogue/item_maker.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "base/strings.h"
#include "catalogue/letter_case.h"
#include "catalogue/local_time.h"
#include "search/analysis.h"

namespace fragua::catalogue {

namespace {

[[noreturn]] void fail(const std::string& key, const std::string& field, const std::string& what) {
  throw Error(ErrorCode::invalid_argument, (key.empty() ? "an item" : "the item \"" + key + "\"") + ", \"" + field + "\": " + what);
}

std::string shortened(const std::string& text) { return text.size() <= 60 ? text : text.substr(0, complete_utf8_length(text.substr(0, 60))) + "…"; }

// As the query gives it, as a text; nothing for NULL.
std::optional<std::string> text_of(const db::Value& value) {
  if (std::holds_alternative<std::nullptr_t>(value)) return std::nullopt;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&value)) return to_json(json::value(*real));
  if (const auto* blob = std::get_if<db::Blob>(&value)) return sanitized_utf8(blob->bytes);
  return sanitized_utf8(std::get<std::string>(value));
}

// "16", "16.00", "16,50"
std::optional<double> number_of(std::string_view text) {
  std::string plain(trimmed(text));
  if (plain.find('.') == std::string::npos && std::ranges::count(plain, ',') == 1) std::ranges::replace(plain, ',', '.');
  double number = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  const bool is_number = error == std::errc() && end == plain.data() + plain.size() && std::isfinite(number);
  return is_number ? std::optional(number) : std::nullopt;
}

// A whole number stays one: 16 and not 16.0.
json::value as_number(double number) {
  const bool is_whole = std::nearbyint(number) == number && std::abs(number) < 9e15;
  return is_whole ? json::value(std::int64_t(number)) : json::value(number);
}

// ["a","b"] as a list; else nothing.
std::optional<json::array> list_of(const std::string& text) {
  if (!text.starts_with('[')) return std::nullopt;
  boost::system::error_code failed;
  auto parsed = json::parse(text, failed);
  return failed || !parsed.is_array() ? std::nullopt : std::optional(std::move(parsed.get_array()));
}

std::vector<std::string> elements_of(const std::string& text) {
  const auto list = list_of(text);
  if (!list) return {text};
  std::vector<std::string> elements;
  for (const auto& element : *list)
    if (element.is_string()) elements.emplace_back(element.get_string());
    else if (!element.is_null()) elements.push_back(to_json(element));
  return elements;
}

// A key stays what the source calls it.
bool is_repaired(const Field& field) { return field.kind != FieldKind::key && field.kind != FieldKind::date; }

std::map<std::string, std::string> canonical_names(const FieldMapping& mapping) {
  std::map<std::string, std::string> canonical;
  for (const auto& [value, names] : mapping.names)
    for (const auto& name : names) canonical.emplace(name, value);
  return canonical;
}

}  // namespace

ItemMaker::ItemMaker(const Mapping& mapping, TextRepair& repair, const std::vector<std::string>& columns) : mapping_(mapping), repair_(repair) {
  for (const auto& field : mapping.fields) {
    const auto found = std::ranges::find(columns, field.field.name);
    if (found == columns.end())
      throw Error(ErrorCode::invalid_argument, "the field \"" + field.field.name + "\" is no column of the mapping's query, which has " + join(columns, ", "));
    readings_.push_back({&field, std::size_t(found - columns.begin()) + 1, canonical_names(field)});
  }
  // The key first: every error names it.
  std::ranges::stable_partition(readings_, [](const Reading& reading) { return reading.mapping->field.kind == FieldKind::key; });
}

void ItemMaker::learn(const db::Row& row) {
  for (const auto& reading : readings_) {
    const auto* text = std::get_if<std::string>(&row.value(reading.column));
    if (text && is_repaired(reading.mapping->field)) repair_.learn(sanitized_utf8(*text));
  }
}

std::vector<std::string> ItemMaker::facet_values(const Reading& reading, const std::string& text, const std::string& key) {
  std::vector<std::string> values;
  for (auto value : elements_of(text)) {
    value = std::string(trimmed(value));
    if (reading.mapping->lower_case) value = small_letters(value);
    if (const auto other = reading.canonical.find(value); other != reading.canonical.end()) value = other->second;
    if (value.size() > kFacetValueMaxBytes) fail(key, reading.mapping->field.name, "a value of a facet may have 200 bytes: \"" + shortened(value) + "\" is longer; make it a \"text\"");
    if (!value.empty() && std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
  }
  return values;
}

json::value ItemMaker::read(const Reading& reading, const db::Row& row, ImportedItem& item) {
  const auto& field = reading.mapping->field;
  const auto& value = row.value(reading.column);
  auto text = text_of(value);
  if (!text) return nullptr;
  if (text->size() > kFieldMaxBytes) fail(item.key, field.name, "a text may have 1 MiB");
  if (std::holds_alternative<std::string>(value) && is_repaired(field)) text = repair_.mended(field.name, *text);
  switch (field.kind) {
    case FieldKind::key: item.key = *text; return json::value(*text);
    case FieldKind::title: item.title = std::string(trimmed(*text)); return json::value(item.title);
    case FieldKind::date: {
      if (trimmed(*text).empty()) return nullptr;
      item.starts_at = local_time(*text, mapping_.time_zone);
      if (!item.starts_at) fail(item.key, field.name, "\"" + shortened(*text) + "\" is no date such as 2026-03-15 or 2026-03-15 21:00");
      item.day = item.starts_at->substr(0, 10);
      return json::value(*item.starts_at);
    }
    case FieldKind::price:
    case FieldKind::number: {
      if (trimmed(*text).empty()) return nullptr;
      const auto number = number_of(*text);
      if (!number) fail(item.key, field.name, "\"" + shortened(*text) + "\" is no number such as 16 or 16.50");
      if (field.kind == FieldKind::price) item.price = number;
      return as_number(*number);
    }
    case FieldKind::facet: {
      auto values = facet_values(reading, *text, item.key);
      if (values.empty()) return nullptr;
      const auto shown = values.size() == 1 ? json::value(values[0]) : json::value(json::array(values.begin(), values.end()));
      item.facets[field.name] = std::move(values);
      return shown;
    }
    default: break;
  }
  if (auto list = list_of(*text)) return std::move(*list);
  if (const auto* real = std::get_if<double>(&value)) return as_number(*real);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  return json::value(*text);
}

ImportedItem ItemMaker::make(const db::Row& row) {
  ImportedItem item;
  std::map<std::string, json::value> values;
  std::string texts;
  for (const auto& reading : readings_) {
    auto value = read(reading, row, item);
    const auto kind = reading.mapping->field.kind;
    if (kind == FieldKind::text && value.is_string()) texts += "\n" + std::string(value.get_string());
    values[reading.mapping->field.name] = std::move(value);
  }
  if (item.key.empty() || item.key.size() > kKeyMaxBytes) fail("", mapping_.field_of(FieldKind::key)->field.name, "a key must have 1 to 200 bytes, not \"" + shortened(item.key) + "\"");
  if (item.title.empty()) fail(item.key, mapping_.field_of(FieldKind::title)->field.name, "an item must have a title");
  for (const auto& field : mapping_.fields) item.content[field.field.name] = std::move(values[field.field.name]);
  item.terms = search::index_terms(item.title + texts);
  return item;
}

}  // namespace fragua::catalogue
