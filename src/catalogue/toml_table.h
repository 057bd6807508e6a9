// TomlTable: one table of a TOML file, taken key by key; what is left over is a mistake. Callers: catalogue/mapping.
// Threads: pure. Error(invalid_argument) "line 12, column 5: …". Keeps a reference to the table, which must outlive it.
#pragma once
#include <toml++/toml.h>

#include <map>
#include <set>
#include <string>
#include <vector>

namespace fragua::catalogue {

// Error(invalid_argument) that says where.
[[noreturn]] void fail_at(const toml::source_region& where, const std::string& what);
// Error(invalid_argument): not TOML.
toml::table parse_toml(std::string_view text);

class TomlTable {
 public:
  // `path`: how it is called in errors; "" for the file itself.
  TomlTable(const toml::table& table, std::string path) : table_(table), path_(std::move(path)) {}

  std::string text(std::string_view key, std::string fallback = "");
  std::string required_text(std::string_view key);
  double number(std::string_view key, double fallback);
  std::vector<std::string> texts(std::string_view key);
  // { a = ["b", "c"], … }
  std::map<std::string, std::vector<std::string>> lists(std::string_view key);
  // { a = "b", … }
  std::map<std::string, std::string> pairs(std::string_view key);
  const toml::table* table(std::string_view key);
  const toml::array* tables(std::string_view key);
  // Error(invalid_argument): a key that nobody took.
  void finish() const;

  const toml::source_region& where(std::string_view key) const;
  const toml::source_region& where() const { return table_.source(); }
  std::string name(std::string_view key) const { return path_.empty() ? std::string(key) : path_ + "." + std::string(key); }

 private:
  const toml::node* take(std::string_view key);

  const toml::table& table_;
  std::string path_;
  std::set<std::string, std::less<>> taken_;
};

}  // namespace fragua::catalogue
