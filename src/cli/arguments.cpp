#include "cli/arguments.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <charconv>
#include <memory>

#include "base/error.h"
#include "cli/command_table.h"

namespace fragua::cli {

namespace {

constexpr std::int64_t kNumberMax = 1'000'000;
constexpr char kMark = '\x01';

// CLI11 writes here while it parses; afterwards what was given is copied to Arguments.
using Slots = std::map<std::string, std::vector<std::string>, std::less<>>;

void add_option(CLI::App& app, const OptionSpec& spec, std::vector<std::string>& slot) {
  auto names = "--" + spec.name;
  if (spec.short_name != 0) names = std::string("-") + spec.short_name + "," + names;
  if (spec.value.empty()) {
    app.add_flag(names, slot);
  } else if (spec.optional_value) {
    app.add_flag(names + "{true}", slot);
  } else {
    const auto keep = spec.repeated ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast;
    app.add_option(names, slot)->expected(1)->allow_extra_args(false)->multi_option_policy(keep);
  }
}

void add_argument(CLI::App& app, const ArgumentSpec& spec, std::vector<std::string>& slot) {
  if (!spec.repeated) {
    const auto set = [&slot](const std::string& value) { slot = {value}; };
    app.add_option_function<std::string>(spec.name, set)->required(spec.required);
    return;
  }
  app.add_option(spec.name, slot)->required(spec.required);
}

// What follows "--" is never an option: it is marked before CLI11 sees it, and the mark is taken off afterwards.
std::vector<std::string> marked(int argc, const char* const* argv) {
  std::vector<std::string> words;
  bool only_values = false;
  for (int i = 1; i < argc; ++i) {
    const std::string word(argv[i]);
    if (!only_values && word == "--")
      only_values = true;
    else
      words.push_back(only_values ? kMark + word : word);
  }
  std::ranges::reverse(words);  // as CLI11 wants them
  return words;
}

std::vector<std::string> unmarked(std::vector<std::string> values) {
  for (auto& value : values)
    if (value.starts_with(kMark)) value.erase(0, 1);
  return values;
}

// The sentence for a person; CLI11's own, put in ours where it would be hard to read.
std::string explain(const CLI::Error& error, const std::string& command) {
  auto sentence = std::string(error.what());
  if (const auto end = sentence.find('\n'); end != std::string::npos) sentence.resize(end);
  if (error.get_name() == "RequiredError") sentence = "missing argument: " + sentence.substr(0, sentence.find(' '));
  if (error.get_name() == "ExtrasError") {
    const auto colon = sentence.rfind(": ");
    sentence = (command.empty() ? "unknown command or option: " : "not understood: ") + sentence.substr(colon + 2);
  }
  return sentence + "; see `fragua " + (command.empty() ? "" : command + " ") + "--help`";
}

void collect(const CLI::App& app, const CommandSpec& spec, const Slots& slots, Arguments& arguments) {
  for (const auto& option : spec.options)
    if (app.count("--" + option.name) > 0) arguments.values[option.name] = unmarked(slots.find(option.name)->second);
  for (const auto& argument : spec.arguments)
    if (app.count(argument.name) > 0) arguments.values[argument.name] = unmarked(slots.find(argument.name)->second);
}

}  // namespace

std::string Arguments::text(std::string_view name, std::string fallback) const {
  const auto found = values.find(name);
  return found == values.end() || found->second.empty() ? fallback : found->second.back();
}

std::vector<std::string> Arguments::list(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::vector<std::string>() : found->second;
}

std::optional<std::int64_t> Arguments::number(std::string_view name, std::int64_t least) const {
  if (!has(name)) return std::nullopt;
  const auto given = text(name);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(given.data(), given.data() + given.size(), value);
  if (error != std::errc() || end != given.data() + given.size() || value < least || value > kNumberMax)
    throw Error(ErrorCode::invalid_argument, "--" + std::string(name) + " must be a whole number from " +
                                                 std::to_string(least) + " to " + std::to_string(kNumberMax));
  return value;
}

std::optional<bool> Arguments::boolean(std::string_view name) const {
  if (!has(name)) return std::nullopt;
  const auto given = text(name);
  if (given == "true" || given == "1") return true;
  if (given == "false" || given == "0") return false;
  throw Error(ErrorCode::invalid_argument, "--" + std::string(name) + " must be true or false");
}

Arguments parse_arguments(int argc, const char* const* argv) {
  const auto commands = command_table();
  CLI::App root;
  root.set_help_flag();
  bool help = false;
  bool version = false;
  root.add_flag("-h,--help", help);
  root.add_flag("-v,--version", version);
  root.require_subcommand(0, 1);
  std::vector<Slots> slots(commands.size());
  std::vector<CLI::App*> apps;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    auto* app = apps.emplace_back(root.add_subcommand(commands[i].name));
    app->set_help_flag();
    app->add_flag("-h,--help", help);
    for (const auto& alias : commands[i].aliases) app->alias(alias);
    for (const auto& option : commands[i].options) add_option(*app, option, slots[i][option.name]);
    for (const auto& argument : commands[i].arguments) add_argument(*app, argument, slots[i][argument.name]);
  }
  Arguments arguments;
  const auto chosen = [&] {
    for (std::size_t i = 0; i < apps.size(); ++i)
      if (apps[i]->parsed()) return i;
    return apps.size();
  };
  try {
    root.parse(marked(argc, argv));
  } catch (const CLI::Error& error) {
    arguments.command = chosen() < apps.size() ? commands[chosen()].name : "";
    if (!help) throw Error(ErrorCode::invalid_argument, explain(error, arguments.command));
  }
  arguments.wants_help = help;
  arguments.wants_version = version;
  if (const auto index = chosen(); index < apps.size()) {
    arguments.command = commands[index].name;
    collect(*apps[index], commands[index], slots[index], arguments);
  }
  return arguments;
}

}  // namespace fragua::cli
