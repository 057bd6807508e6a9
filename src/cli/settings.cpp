#include "cli/settings.h"

#include "base/strings.h"

namespace fragua::cli {

namespace {

constexpr std::string_view kHelp = R"(Available Commands:
  /set            Set session variables
  /show           Show model information
  /list           List models
  /load MODEL     Load a session or model
  /save MODEL     Save your current session
  /clear          Clear session context
  /bye            Exit
  /?, /help       Help for a command
  /? shortcuts    Help for keyboard shortcuts

Use """ to begin a multi-line message.
)";

constexpr std::string_view kSetHelp = R"(Available Commands:
  /set parameter ...     Set a parameter
  /set system TEXT       Set system message
  /set history           Enable history
  /set nohistory         Disable history
  /set wordwrap          Enable wordwrap
  /set nowordwrap        Disable wordwrap
  /set format json       Answer in JSON; a JSON Schema {...} instead of json is kept to
  /set noformat          Disable formatting
  /set verbose           Show timings
  /set quiet             Do not show timings
  /set think [LEVEL]     Enable thinking
  /set nothink           Disable thinking
)";

constexpr std::string_view kShowHelp = R"(Available Commands:
  /show info         Show details for this model
  /show license      Show model license
  /show modelfile    Show Modelfile for this model
  /show parameters   Show parameters for this model
  /show system       Show system message
  /show template     Show prompt template
)";

constexpr std::string_view kParameterHelp = R"(Available Parameters:
  /set parameter seed INTEGER            Random number seed
  /set parameter num_predict INTEGER     Max number of tokens to predict
  /set parameter top_k INTEGER           Pick from top k num of tokens
  /set parameter top_p NUMBER            Pick token based on sum of probabilities
  /set parameter min_p NUMBER            Pick token based on top token probability * min_p
  /set parameter num_ctx INTEGER         Set the context size
  /set parameter temperature NUMBER      Set creativity level
  /set parameter repeat_penalty NUMBER   How strongly to penalize repetitions
  /set parameter repeat_last_n INTEGER   Set how far back to look for repetitions
  /set parameter num_gpu INTEGER         The number of layers to send to the GPU
  /set parameter stop TEXT TEXT ...      Set the stop parameters
)";

constexpr std::string_view kShortcutsHelp = R"(Available keyboard shortcuts:
  Ctrl + a            Move to the beginning of the line (Home)
  Ctrl + e            Move to the end of the line (End)
   Alt + b            Move back (left) one word
   Alt + f            Move forward (right) one word
  Ctrl + k            Delete the sentence after the cursor
  Ctrl + u            Delete the sentence before the cursor
  Ctrl + w            Delete the word before the cursor
  Up, Down            Earlier and later messages

  Ctrl + l            Clear the screen
  Ctrl + c            Stop the model from responding
  Ctrl + d            Exit (/bye)
)";

std::string set_named_parameter(Session& session, const ReplCommand& command) {
  if (command.words.size() < 3) return std::string(kParameterHelp);
  const std::vector<std::string> values(command.words.begin() + 2, command.words.end());
  if (const auto problem = set_parameter(session, command.words[1], values))
    return "Couldn't set parameter: " + *problem + "\n";
  return "Set parameter '" + command.words[1] + "' to '" + join(values, ", ") + "'\n";
}

std::string set_format(Session& session, const ReplCommand& command) {
  const auto at = command.text.find("format");
  const auto format = parse_format(std::string_view(command.text).substr(at + 6));
  if (!format) return "Invalid or missing format. For 'json' mode use '/set format json', or write a JSON Schema\n";
  session.format = *format;
  return session.format.is_string() ? "Set format to 'json' mode.\n" : "Set format to a JSON Schema.\n";
}

std::string set_system(Session& session, const ReplCommand& command) {
  if (command.words.size() < 2) return std::string(kSetHelp);
  const auto at = command.text.find("system");
  session.system = std::string(trimmed(std::string_view(command.text).substr(at + 6)));
  return "Set system message.\n";
}

std::string set_switch(bool& setting, bool value, const std::string& name) {
  setting = value;
  return "Set '" + name + "' mode.\n";
}

}  // namespace

std::string apply_setting(Session& session, const ReplCommand& command) {
  if (command.words.empty()) return std::string(kSetHelp);
  const auto& what = command.words.front();
  if (what == "parameter") return set_named_parameter(session, command);
  if (what == "system") return set_system(session, command);
  if (what == "format") return set_format(session, command);
  if (what == "history" || what == "nohistory") return set_switch(session.history, what == "history", what);
  if (what == "wordwrap" || what == "nowordwrap") return set_switch(session.word_wrap, what == "wordwrap", what);
  if (what == "verbose" || what == "quiet") return set_switch(session.verbose, what == "verbose", what);
  if (what == "noformat") {
    session.format = nullptr;
    return "Disabled format.\n";
  }
  if (what == "think" || what == "nothink") {
    const auto level = command.words.size() > 1 && what == "think" ? command.words[1] : "";
    session.think = what == "nothink" ? json::value(false) : parse_think(level);
    return level.empty() ? "Set '" + what + "' mode.\n" : "Set 'think' mode to '" + level + "'.\n";
  }
  return "Unknown command '/set " + what + "'. Type /? for help\n";
}

std::string repl_help(const std::string& topic, bool sees_images) {
  if (topic == "set" || topic == "/set") return std::string(kSetHelp) + "\n";
  if (topic == "show" || topic == "/show") return std::string(kShowHelp) + "\n";
  if (topic == "parameter" || topic == "parameters") return std::string(kParameterHelp) + "\n";
  if (topic == "shortcut" || topic == "shortcuts") return std::string(kShortcutsHelp) + "\n";
  return std::string(kHelp) + (sees_images ? "Use /path/to/file to include .jpg, .png, or .webp images.\n" : "") + "\n";
}

}  // namespace fragua::cli
