#include "app/reports.h"

#include <cstdio>

#include "api/openapi.h"
#include "base/files.h"
#include "base/json.h"

namespace fragua::app {

void print_settings(const Settings& settings, bool explain, bool as_json) {
  json::object all;
  for (const auto& row : setting_rows()) {
    const auto& setting = settings.find(row.key)->second;
    if (as_json) {
      all[row.key] = {{"value", shown_value(row, setting)}, {"origin", setting.origin}, {"about", row.about}};
    } else if (explain) {
      std::printf("# %.*s\n%.*s = \"%s\"  # %s\n\n", int(row.about.size()), row.about.data(), int(row.key.size()), row.key.data(),
                  shown_value(row, setting).c_str(), setting.origin.c_str());
    } else {
      std::printf("%.*s = \"%s\"\n", int(row.key.size()), row.key.data(), shown_value(row, setting).c_str());
    }
  }
  if (as_json) std::printf("%s\n", to_pretty_json(all).c_str());
}

json::array settings_to_json(const Settings& settings) {
  json::array list;
  for (const auto& row : setting_rows()) {
    const auto& setting = settings.find(row.key)->second;
    list.push_back({{"key", row.key}, {"value", shown_value(row, setting)}, {"origin", setting.origin}, {"about", row.about}, {"fallback", row.fallback}});
  }
  return list;
}

void print_measured(const fs::path& cache_folder) {
  if (!fs::is_directory(cache_folder)) return;
  for (const auto& entry : fs::directory_iterator(cache_folder)) {
    if (!entry.path().filename().string().starts_with("attention-") || entry.path().extension() != ".json") continue;
    std::printf("# measured on this machine when the model was first loaded; delete %s to measure again\n%s\n",
                entry.path().filename().c_str(), read_file(entry.path(), 1 << 16).c_str());
  }
}

int print_openapi() {
  std::printf("%s\n", to_pretty_json(api::openapi()).c_str());
  return 0;
}

}  // namespace fragua::app
