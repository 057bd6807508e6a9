// Local time: moments of a source as texts in the catalogue's time zone. Callers: catalogue/mapping, catalogue/importer.
// Threads: pure. Never guesses: what is no ISO 8601 day or moment is nothing.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace fragua::catalogue {

// IANA: "Europe/Madrid".
bool is_time_zone(const std::string& name);
// "2025-01-18", "2025-01-18 10:26:13.5", "2025-01-18T10:26:13Z", "2025-01-18 10:26:13+02" to "YYYY-MM-DD HH:MM:SS" in `zone`. Without an
// offset it is local already.
std::optional<std::string> local_time(std::string_view moment, const std::string& zone);

}  // namespace fragua::catalogue
