#include "cli/repl_reader.h"

#include <utility>

#include "base/strings.h"

namespace fragua::cli {

namespace {

constexpr std::string_view kQuotes = "\"\"\"";
constexpr std::string_view kSetSystem = "/set system";

ReplVerb verb_of(std::string_view word) {
  static constexpr std::pair<std::string_view, ReplVerb> kVerbs[] = {
      {"/set", ReplVerb::set},     {"/show", ReplVerb::show}, {"/load", ReplVerb::load}, {"/save", ReplVerb::save},
      {"/clear", ReplVerb::clear}, {"/list", ReplVerb::list}, {"/ls", ReplVerb::list},   {"/help", ReplVerb::help},
      {"/?", ReplVerb::help},      {"/bye", ReplVerb::leave}, {"/exit", ReplVerb::leave}};
  for (const auto& [name, verb] : kVerbs)
    if (word == name) return verb;
  return ReplVerb::unknown;
}

}  // namespace

ReplCommand parse_repl_line(std::string_view line) {
  ReplCommand command;
  command.text = line;
  if (!line.starts_with('/')) return command;
  for (const auto& word : split(line, ' '))
    if (!trimmed(word).empty()) command.words.emplace_back(trimmed(word));
  command.verb = verb_of(command.words.front());
  command.words.erase(command.words.begin());
  return command;
}

std::optional<ReplCommand> ReplReader::feed(std::string_view line) {
  if (!open_) {
    auto rest = line;
    prefix_.clear();
    if (line.starts_with(kSetSystem) && trimmed(line.substr(kSetSystem.size())).starts_with(kQuotes)) {
      prefix_ = kSetSystem;
      rest = trimmed(line.substr(kSetSystem.size()));
    }
    if (!rest.starts_with(kQuotes)) return parse_repl_line(line);
    rest.remove_prefix(kQuotes.size());
    open_ = true;
    text_.clear();
    line = rest;
  }
  const bool closes = line.ends_with(kQuotes);
  text_ += closes ? line.substr(0, line.size() - kQuotes.size()) : line;
  if (closes) return finished();
  text_ += '\n';
  return std::nullopt;
}

ReplCommand ReplReader::finished() {
  open_ = false;
  ReplCommand command;
  if (prefix_.empty()) {
    command.text = std::exchange(text_, {});
    return command;
  }
  command.verb = ReplVerb::set;
  command.text = prefix_ + " " + text_;
  command.words = {"system", std::exchange(text_, {})};
  return command;
}

void ReplReader::reset() {
  open_ = false;
  text_.clear();
}

}  // namespace fragua::cli
