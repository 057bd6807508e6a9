// Configuration: one table of settings: key, environment names, default and meaning; file < environment < flag.
// Callers: app/ only; folders get their own option structs. Threads: plain data after read_configuration.
// Error(invalid_argument) names the key and where it came from; an unknown key is an error.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"

namespace fragua::app {

struct SettingRow {
  std::string_view key;
  std::vector<std::string_view> environment;   // the first that is set counts
  std::string_view fallback;
  std::string_view about;
  bool is_secret = false;                      // its value is never shown
};

struct Setting {
  std::string value;
  std::string origin;                          // "default", "file", the variable's name, "flag"
};

using Variables = std::map<std::string, std::string, std::less<>>;
using Settings = std::map<std::string, Setting, std::less<>>;

const std::vector<SettingRow>& setting_rows();
// As it may be shown: "[secret]" for one that must not be.
std::string shown_value(const SettingRow& row, const Setting& setting);

struct ConfigurationSources {
  fs::path file;                               // TOML; empty: none
  Variables variables;
  std::vector<std::pair<std::string, std::string>> flags;
};

Settings read_settings(const ConfigurationSources& sources);

// Typed reading; Error(invalid_argument) names the key.
std::string text_of(const Settings& settings, std::string_view key);
std::int64_t integer_of(const Settings& settings, std::string_view key);
double real_of(const Settings& settings, std::string_view key);
bool truth_of(const Settings& settings, std::string_view key);
std::chrono::nanoseconds duration_of(const Settings& settings, std::string_view key);
std::vector<std::string> list_of(const Settings& settings, std::string_view key);
// "a=b,c=d"
std::map<std::string, std::string> pairs_of(const Settings& settings, std::string_view key);

}  // namespace fragua::app
