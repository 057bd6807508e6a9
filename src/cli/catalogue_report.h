// What the server tells about catalogues, in plain words: the report of an import, a catalogue, a list of them.
// Callers: cli/catalogue. Threads: any; pure functions.
#pragma once
#include "base/json.h"

namespace fragua::cli {

std::string import_report(const json::object& report);
std::string catalogue_text(const json::object& catalogue);
std::string catalogues_table(const json::object& answer);

}  // namespace fragua::cli
