// The one table of commands, arguments and options. Parsing, help, shell completion and the man page are made from it.
// Callers: cli/arguments, cli/help, cli/completion, cli/man_page. Threads: any; a plain value.
#pragma once
#include <string>
#include <vector>

namespace fragua::cli {

// What a shell offers for a value.
enum class Values { text, file, folder, model, shell, choices };

struct OptionSpec {
  std::string name;  // without dashes
  char short_name = 0;
  std::string value;  // how help calls its value; "" for a switch
  std::string about;
  bool repeated = false;
  bool optional_value = false;  // "--think" alone means "--think=true"
  Values values = Values::text;
  std::vector<std::string> choices;
};

struct ArgumentSpec {
  std::string name;  // "MODEL"
  std::string about;
  bool required = true;
  bool repeated = false;
  Values values = Values::text;
  std::vector<std::string> choices;
};

struct Example {
  std::string command;
  std::string about;
};

struct CommandSpec {
  std::string name;
  std::vector<std::string> aliases;
  std::string summary;  // one line, no full stop
  std::string description;
  std::vector<ArgumentSpec> arguments;
  std::vector<OptionSpec> options;
  std::vector<Example> examples;
};

// In the order in which help shows them.
std::vector<CommandSpec> command_table();

}  // namespace fragua::cli
