// What `fragua config` and `fragua openapi` print. Callers: app/main. Threads: the main one.
// Never prints a secret: settings hold none.
#pragma once
#include "app/configuration.h"
#include "base/json.h"

namespace fragua::app {

void print_settings(const Settings& settings, bool explain, bool as_json);
// The attention paths that were chosen by measuring (engine/llama/tuning.h).
void print_measured(const fs::path& cache_folder);
int print_openapi();
// Key, value, origin, meaning and default of each.
json::array settings_to_json(const Settings& settings);

}  // namespace fragua::app
