#include "cli/environment.h"

namespace fragua::cli {

std::string Environment::variable(std::string_view name) const {
  const auto found = variables.find(name);
  return found == variables.end() ? "" : found->second;
}

namespace {

std::filesystem::path data_folder_of(const Environment& environment) {
  if (const auto set = environment.variable("FRAGUA_DATA"); !set.empty()) return set;
  if (const auto base = environment.variable("XDG_DATA_HOME"); !base.empty())
    return std::filesystem::path(base) / "fragua";
  return std::filesystem::path(environment.variable("HOME")) / ".local/share/fragua";
}

}  // namespace

Environment read_environment(const char* const* variables) {
  Environment environment;
  for (; variables != nullptr && *variables != nullptr; ++variables) {
    const std::string_view line(*variables);
    const auto equals = line.find('=');
    if (equals != std::string_view::npos)
      environment.variables.insert_or_assign(std::string(line.substr(0, equals)), std::string(line.substr(equals + 1)));
  }
  std::error_code ignored;
  environment.program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  environment.data_folder = data_folder_of(environment);
  return environment;
}

}  // namespace fragua::cli
