#include "cli/completion.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::cli {

namespace {

constexpr std::string_view kHeader = "# Made by `fragua completion`; do not edit.\n";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

std::vector<std::string> names_of(const CommandSpec& command) {
  std::vector<std::string> names{command.name};
  names.insert(names.end(), command.aliases.begin(), command.aliases.end());
  return names;
}

std::string option_words(const CommandSpec& command) {
  std::string words = "--help";
  for (const auto& option : command.options) {
    words += " --" + option.name;
    if (option.short_name != 0) words += std::string(" -") + option.short_name;
  }
  return words;
}

// After its first argument come files.
bool takes_files_then(const CommandSpec& command) {
  return command.arguments.size() > 1 && command.arguments[1].values == Values::file;
}

// --- bash ---

// The command that fills COMPREPLY for values of this kind.
std::string bash_values(Values values, const std::vector<std::string>& choices) {
  switch (values) {
    case Values::file:
      return "compopt -o default";
    case Values::folder:
      return "COMPREPLY=($(compgen -d -- \"$current\"))";
    case Values::model:
      return "_fragua_models";
    case Values::shell:
      return "COMPREPLY=($(compgen -W \"bash zsh fish\" -- \"$current\"))";
    case Values::choices:
      return "COMPREPLY=($(compgen -W \"" + join(choices, " ") + "\" -- \"$current\"))";
    case Values::text:
      break;
  }
  return ":";
}

std::string bash_case(const CommandSpec& command) {
  std::string text = "    " + join(names_of(command), "|") + ")\n      case \"$previous\" in\n";
  for (const auto& option : command.options) {
    if (option.value.empty() || option.optional_value) continue;
    const auto dashed = (option.short_name != 0 ? std::string("-") + option.short_name + "|" : "") + "--" + option.name;
    text += "        " + dashed + ") " + bash_values(option.values, option.choices) + "; return ;;\n";
  }
  text += "      esac\n      if [[ $current == -* ]]; then\n        COMPREPLY=($(compgen -W \"" +
          option_words(command) + "\" -- \"$current\"))\n";
  if (command.name == "help") {
    text += "      else\n        COMPREPLY=($(compgen -W \"$commands\" -- \"$current\"))\n";
  } else if (!command.arguments.empty() && command.arguments.front().values != Values::text) {
    const auto& first = command.arguments.front();
    const auto values = bash_values(first.values, first.choices);
    text += first.repeated || command.name == "cp"
                ? "      else\n        " + values + "\n"
                : "      elif ((cword == 2)) || [[ $previous == -* ]]; then\n        " + values + "\n";
    if (takes_files_then(command)) text += "      else\n        " + bash_values(Values::file, {}) + "\n";
  }
  return text + "      fi ;;\n";
}

std::string bash_script(const std::vector<CommandSpec>& commands) {
  std::string words;
  std::string cases;
  for (const auto& command : commands) {
    words += (words.empty() ? "" : " ") + join(names_of(command), " ");
    cases += bash_case(command);
  }
  static constexpr std::string_view kScript = R"sh(
_fragua_models() {
  local names
  names=$(fragua list --names 2>/dev/null)
  COMPREPLY=($(compgen -W "$names" -- "$current"))
  [[ $(type -t __ltrim_colon_completions) == function ]] && __ltrim_colon_completions "$current"
  return 0
}

_fragua() {
  local current previous words cword
  local commands="@COMMANDS@"
  COMPREPLY=()
  if [[ $(type -t _get_comp_words_by_ref) == function ]]; then
    _get_comp_words_by_ref -n : -c current -p previous -w words -i cword
  else
    current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} cword=$COMP_CWORD
    words=("${COMP_WORDS[@]}")
  fi
  if ((cword == 1)); then
    COMPREPLY=($(compgen -W "$commands --help --version" -- "$current"))
    return
  fi
  case "${words[1]}" in
@CASES@  esac
}
complete -F _fragua fragua
)sh";
  return std::string(kHeader) + replaced(replaced(std::string(kScript), "@COMMANDS@", words), "@CASES@", cases);
}

// --- zsh ---

std::string zsh_quoted(std::string text) {
  return replaced(replaced(replaced(replaced(std::move(text), "'", "'\\''"), "[", "\\["), "]", "\\]"), ":", "\\:");
}

std::string zsh_values(Values values, const std::vector<std::string>& choices) {
  switch (values) {
    case Values::file:
      return "_files";
    case Values::folder:
      return "_files -/";
    case Values::model:
      return "_fragua_models";
    case Values::shell:
      return "(bash zsh fish)";
    case Values::choices:
      return "(" + join(choices, " ") + ")";
    case Values::text:
      break;
  }
  return " ";
}

std::string zsh_option(const OptionSpec& option) {
  const auto value = option.value.empty() ? "" : ":" + option.value + ":" + zsh_values(option.values, option.choices);
  const auto marks = option.optional_value ? "=-" : option.value.empty() ? "" : "=";
  const auto about = "[" + zsh_quoted(option.about) + "]" + (option.optional_value ? ":" + value : value);
  const auto star = option.repeated ? "*" : "";
  auto text = fmt::format(" \\\n        '{}--{}{}{}'", star, option.name, marks, about);
  if (option.short_name != 0)
    text += fmt::format(" \\\n        '{}-{}{}{}'", star, option.short_name, option.value.empty() ? "" : "+", about);
  return text;
}

std::string zsh_case(const CommandSpec& command) {
  auto text =
      "      " + join(names_of(command), "|") + ")\n        _arguments -s '(- *)'{-h,--help}'[Explain this command]'";
  for (const auto& option : command.options) text += zsh_option(option);
  int position = 1;
  for (const auto& argument : command.arguments) {
    const auto values = command.name == "help" ? "_fragua_commands" : zsh_values(argument.values, argument.choices);
    const auto place = argument.repeated ? std::string("*") : std::to_string(position++);
    text += fmt::format(" \\\n        '{}:{}{}:{}'", place, argument.required ? "" : ":", argument.name, values);
  }
  return text + " ;;\n";
}

std::string zsh_script(const std::vector<CommandSpec>& commands) {
  std::string described;
  std::string cases;
  for (const auto& command : commands) {
    for (const auto& name : names_of(command)) described += "    '" + name + ":" + zsh_quoted(command.summary) + "'\n";
    cases += zsh_case(command);
  }
  static constexpr std::string_view kScript = R"sh(
_fragua_models() {
  local -a names
  names=(${(f)"$(fragua list --names 2>/dev/null)"})
  compadd -a names
}

_fragua_commands() {
  local -a commands
  commands=(
@COMMANDS@  )
  _describe command commands
}

_fragua() {
  local curcontext="$curcontext" state line
  _arguments -C '(- *)'{-h,--help}'[Explain a command]' '(- *)'{-v,--version}'[Print the version]' \
    '1:command:_fragua_commands' '*::argument:->arguments'
  [[ $state == arguments ]] || return
  case $words[1] in
@CASES@  esac
}

if [[ $funcstack[1] == _fragua ]]; then
  _fragua "$@"
else
  compdef _fragua fragua
fi
)sh";
  return "#compdef fragua\n" + std::string(kHeader) +
         replaced(replaced(std::string(kScript), "@COMMANDS@", described), "@CASES@", cases);
}

// --- fish ---

std::string fish_quoted(std::string text) {
  return "'" + replaced(replaced(std::move(text), "\\", "\\\\"), "'", "\\'") + "'";
}

std::string fish_values(Values values, const std::vector<std::string>& choices) {
  switch (values) {
    case Values::file:
      return "-r -F";
    case Values::folder:
      return "-x -a '(__fish_complete_directories)'";
    case Values::model:
      return "-x -a '(fragua list --names 2>/dev/null)'";
    case Values::shell:
      return "-x -a 'bash zsh fish'";
    case Values::choices:
      return "-x -a " + fish_quoted(join(choices, " "));
    case Values::text:
      break;
  }
  return "-x";
}

std::string fish_script(const std::vector<CommandSpec>& commands) {
  auto text = std::string(kHeader) + "complete -c fragua -f\n";
  const std::string at_start = "complete -c fragua -n __fish_use_subcommand ";
  text += at_start + "-s h -l help -d 'Explain a command'\n" + at_start + "-s v -l version -d 'Print the version'\n";
  std::string all_names;
  for (const auto& command : commands) all_names += (all_names.empty() ? "" : " ") + command.name;
  for (const auto& command : commands) {
    for (const auto& name : names_of(command))
      text += at_start + "-a " + name + " -d " + fish_quoted(command.summary) + "\n";
    const auto here = "complete -c fragua -n '__fish_seen_subcommand_from " + join(names_of(command), " ") + "' ";
    text += here + "-s h -l help -d 'Explain this command'\n";
    for (const auto& option : command.options) {
      text += here + (option.short_name != 0 ? std::string("-s ") + option.short_name + " " : "") + "-l " + option.name;
      if (option.optional_value)
        text += " -a " + fish_quoted(join(option.choices, " "));
      else if (!option.value.empty())
        text += " " + fish_values(option.values, option.choices);
      text += " -d " + fish_quoted(option.about) + "\n";
    }
    if (command.name == "help")
      text += here + "-x -a " + fish_quoted(all_names) + "\n";
    else if (!command.arguments.empty() && command.arguments.front().values != Values::text)
      text += here + fish_values(command.arguments.front().values, command.arguments.front().choices) + "\n";
    if (takes_files_then(command)) text += here + "-F\n";
  }
  return text;
}

}  // namespace

std::string completion_script(std::string_view shell, const std::vector<CommandSpec>& commands) {
  if (shell == "bash") return bash_script(commands);
  if (shell == "zsh") return zsh_script(commands);
  if (shell == "fish") return fish_script(commands);
  throw Error(ErrorCode::invalid_argument,
              "there is no completion for \"" + std::string(shell) + "\"; write bash, zsh or fish");
}

}  // namespace fragua::cli
