// PARAMETER values: the known names, their types and ranges; text (Modelfile) <-> JSON (the stored params blob, the
// API). Callers: modelfile.cpp, models/ (create, show). Threads: any; pure functions. Errors are invalid_argument and
// name the parameter. Never fills in defaults: those are the engine's.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fragua::modelfile {

struct Parameter {
  std::string name;
  std::string value;
  bool operator==(const Parameter&) const = default;
};

bool is_known_parameter(std::string_view name);
// Accepted for old Modelfiles (mirostat, low_vram ...), without effect: parameters_to_json leaves them out.
bool is_deprecated_parameter(std::string_view name);

// What is wrong: the name is not known, or the value is not of its type or range. Nothing if all is well.
std::optional<std::string> parameter_problem(const Parameter& parameter);

// num_ctx "4096" -> 4096, stop -> a list of all its values; of any other repeated name the last counts.
json::object parameters_to_json(const std::vector<Parameter>& parameters);
// The other way; throws for unknown names and values of the wrong type.
std::vector<Parameter> parameters_from_json(const json::object& object);

}  // namespace fragua::modelfile
