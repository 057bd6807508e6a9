// Arguments: argv, read by the command table. Callers: cli.cpp. Threads: any; a plain value.
// Wrong usage is Error(invalid_argument) with a sentence that names the help to read.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::cli {

class Arguments {
 public:
  std::string command;  // the table's name, also when an alias was typed; "" for none
  bool wants_help = false;
  bool wants_version = false;
  // By the option's name or the argument's ("MODEL").
  std::map<std::string, std::vector<std::string>, std::less<>> values;

  bool has(std::string_view name) const { return values.contains(name); }
  std::string text(std::string_view name, std::string fallback = "") const;
  std::vector<std::string> list(std::string_view name) const;
  // Error(invalid_argument) unless it is a whole number from `least` to a million.
  std::optional<std::int64_t> number(std::string_view name, std::int64_t least) const;
  std::optional<bool> boolean(std::string_view name) const;
};

Arguments parse_arguments(int argc, const char* const* argv);

}  // namespace fragua::cli
