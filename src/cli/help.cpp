#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/strings.h"
#include "cli/format.h"

namespace fragua::cli {

namespace {

// The text in lines of at most `columns`, each line after the first behind `indent` spaces.
std::string paragraph(const std::string& text, std::size_t indent, std::size_t columns) {
  std::string out;
  std::size_t column = indent;
  for (const auto& word : split(text, ' ')) {
    const auto width = display_width(word);
    if (column > indent && column + 1 + width > columns) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
  }
  return out;
}

std::string entry(const std::string& heading, const std::string& about, std::size_t indent, std::size_t columns) {
  auto text = "  " + heading;
  if (text.size() + 2 > indent)
    text += "\n" + std::string(indent, ' ');
  else
    text.append(indent - text.size(), ' ');
  return text + paragraph(about, indent, std::max(columns, indent + 30)) + "\n";
}

}  // namespace

std::string usage_line(const CommandSpec& command) {
  auto line = "fragua " + command.name;
  if (!command.options.empty()) line += " [OPTIONS]";
  for (const auto& argument : command.arguments) {
    const auto name = argument.name + (argument.repeated ? "..." : "");
    line += argument.required ? " " + name : " [" + name + "]";
  }
  return line;
}

std::string option_heading(const OptionSpec& option) {
  auto text = option.short_name != 0 ? fmt::format("-{}, --{}", option.short_name, option.name) : "--" + option.name;
  if (option.optional_value) return text + "[=" + option.value + "]";
  return option.value.empty() ? text : text + " " + option.value;
}

std::string choices_note(const OptionSpec& option) {
  return option.choices.empty() ? "" : "one of: " + join(option.choices, ", ");
}

std::string help_overview(const std::vector<CommandSpec>& commands) {
  std::string text = "Run language models on this machine.\n\nUsage:\n  fragua COMMAND [ARGUMENTS]\n\nCommands:\n";
  for (const auto& command : commands) {
    auto name = command.name;
    for (const auto& alias : command.aliases) name += ", " + alias;
    text += entry(name, command.summary, 16, 100);
  }
  text += "\nOptions:\n" + entry("-h, --help", "Explain a command", 16, 100) +
          entry("-v, --version", "Print the version", 16, 100);
  return text + "\n`fragua COMMAND --help` says more about a command; `fragua man` prints the manual.\n";
}

std::string help_for(const CommandSpec& command, std::size_t columns) {
  columns = std::clamp<std::size_t>(columns, 60, 110);
  auto text = command.summary + ".\n";
  if (!command.description.empty()) text += "\n" + paragraph(command.description, 0, columns) + "\n";
  text += "\nUsage:\n  " + usage_line(command) + "\n";
  if (!command.aliases.empty()) text += "\nAlso called:\n  " + join(command.aliases, ", ") + "\n";
  if (!command.arguments.empty()) text += "\nArguments:\n";
  for (const auto& argument : command.arguments) text += entry(argument.name, argument.about, 26, columns);
  text += "\nOptions:\n";
  for (const auto& option : command.options) {
    const bool said = option.choices.empty() || option.about.find(option.choices.front()) != std::string::npos;
    text += entry(option_heading(option), option.about + (said ? "" : " (" + choices_note(option) + ")"), 26, columns);
  }
  text += entry("-h, --help", "Explain this command", 26, columns);
  if (!command.examples.empty()) text += "\nExamples:\n";
  for (const auto& example : command.examples) text += "  " + example.command + "\n      " + example.about + "\n";
  return text;
}

}  // namespace fragua::cli
