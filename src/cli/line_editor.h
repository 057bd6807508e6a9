// LineEditor: reads a line from a terminal with editing and history (libedit).
// Callers: cli/repl. Threads: the main one. Ctrl-C and Ctrl-D come back as outcomes, a paste of several lines as one
// text. The history file is readable by its owner only and is not written while history is off.
#pragma once
#include <filesystem>
#include <memory>
#include <string>

namespace fragua::cli {

class LineEditor {
 public:
  enum class Outcome { line, interrupted, end };
  struct Input {
    Outcome outcome = Outcome::line;
    std::string text;       // without the last newline
    bool was_empty = true;  // when interrupted: was anything typed
  };

  explicit LineEditor(std::filesystem::path history_file);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;

  Input read(const std::string& prompt);
  void remember(const std::string& text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fragua::cli
