#include "catalogue/toml_table.h"

#include "base/error.h"

namespace fragua::catalogue {

namespace {

std::vector<std::string> texts_of(const toml::node& node, const std::string& name) {
  const auto* list = node.as_array();
  if (!list) fail_at(node.source(), "\"" + name + "\" must be a list of texts");
  std::vector<std::string> texts;
  for (const auto& item : *list) {
    if (!item.is_string()) fail_at(item.source(), "\"" + name + "\" must hold texts only");
    texts.push_back(*item.value<std::string>());
  }
  return texts;
}

}  // namespace

void fail_at(const toml::source_region& where, const std::string& what) {
  throw Error(ErrorCode::invalid_argument,
              "line " + std::to_string(where.begin.line) + ", column " + std::to_string(where.begin.column) + ": " + what);
}

toml::table parse_toml(std::string_view text) {
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    fail_at(error.source(), std::string(error.description()));
  }
}

const toml::node* TomlTable::take(std::string_view key) {
  taken_.emplace(key);
  return table_.get(key);
}

const toml::source_region& TomlTable::where(std::string_view key) const {
  const auto* node = table_.get(key);
  return node ? node->source() : table_.source();
}

std::string TomlTable::text(std::string_view key, std::string fallback) {
  const auto* node = take(key);
  if (!node) return fallback;
  if (!node->is_string()) fail_at(node->source(), "\"" + name(key) + "\" must be a text");
  return *node->value<std::string>();
}

std::string TomlTable::required_text(std::string_view key) {
  auto found = text(key);
  if (found.empty()) fail_at(where(key), "\"" + name(key) + "\" must be there, and not be empty");
  return found;
}

double TomlTable::number(std::string_view key, double fallback) {
  const auto* node = take(key);
  if (!node) return fallback;
  if (!node->is_number()) fail_at(node->source(), "\"" + name(key) + "\" must be a number");
  return *node->value<double>();
}

std::vector<std::string> TomlTable::texts(std::string_view key) {
  const auto* node = take(key);
  return node ? texts_of(*node, name(key)) : std::vector<std::string>();
}

std::map<std::string, std::vector<std::string>> TomlTable::lists(std::string_view key) {
  std::map<std::string, std::vector<std::string>> result;
  const auto* inner = table(key);
  if (!inner) return result;
  for (const auto& [entry, node] : *inner) result.emplace(std::string(entry.str()), texts_of(node, name(key) + "." + std::string(entry.str())));
  return result;
}

std::map<std::string, std::string> TomlTable::pairs(std::string_view key) {
  std::map<std::string, std::string> result;
  const auto* inner = table(key);
  if (!inner) return result;
  for (const auto& [entry, node] : *inner) {
    if (!node.is_string()) fail_at(node.source(), "\"" + name(key) + "." + std::string(entry.str()) + "\" must be a text");
    result.emplace(std::string(entry.str()), *node.value<std::string>());
  }
  return result;
}

const toml::table* TomlTable::table(std::string_view key) {
  const auto* node = take(key);
  if (!node) return nullptr;
  if (!node->is_table()) fail_at(node->source(), "\"" + name(key) + "\" must be a table: [" + name(key) + "]");
  return node->as_table();
}

const toml::array* TomlTable::tables(std::string_view key) {
  const auto* node = take(key);
  if (!node) return nullptr;
  const auto* list = node->as_array();
  if (!list || !list->is_homogeneous(toml::node_type::table))
    fail_at(node->source(), "\"" + name(key) + "\" must be tables: [[" + name(key) + "]]");
  return list;
}

void TomlTable::finish() const {
  for (const auto& [key, node] : table_) {
    if (taken_.contains(key.str())) continue;
    std::string known;
    for (const auto& one : taken_) known += (known.empty() ? "" : ", ") + one;
    fail_at(key.source(), "\"" + name(key.str()) + "\" is not known here; known are " + known);
  }
}

}  // namespace fragua::catalogue
