// ReplReader: lines of the conversation prompt, put together to messages and commands; """ begins and ends several
// lines. Callers: cli/repl. Threads: one. Pure: it reads no terminal.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::cli {

enum class ReplVerb { message, set, show, load, save, clear, list, help, leave, unknown };

struct ReplCommand {
  ReplVerb verb = ReplVerb::message;
  std::string text;                // the message, or the whole line of a command
  std::vector<std::string> words;  // what follows the verb
};

class ReplReader {
 public:
  // A whole command, or nothing while more lines are needed. An empty line is an empty message.
  std::optional<ReplCommand> feed(std::string_view line);
  bool is_open() const { return open_; }
  void reset();

 private:
  ReplCommand finished();
  bool open_ = false;
  std::string prefix_;  // "/set system" when that is what the lines are for
  std::string text_;
};

ReplCommand parse_repl_line(std::string_view line);

}  // namespace fragua::cli
