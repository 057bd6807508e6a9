// Answer: a model's streamed answer on the screen: thinking in grey, words wrapped, and the timings after it.
// Callers: cli/run, cli/repl. Threads: the main one. With `quiet` it only collects.
#pragma once
#include <string>
#include <string_view>

#include "base/json.h"
#include "cli/console.h"
#include "cli/word_wrap.h"

namespace fragua::cli {

struct AnswerSettings {
  bool word_wrap = true;
  bool hide_thinking = false;
  bool quiet = false;
};

class Answer {
 public:
  Answer(const Console& console, AnswerSettings settings);

  // One line of /api/generate or /api/chat.
  void take(const json::object& line);
  void tick();    // while nothing has come: a spinner on a terminal
  void finish();  // the end of the line, whether the answer is complete or not

  const std::string& text() const { return text_; }
  const std::string& thinking() const { return thinking_; }
  // The last line, with the timings; empty if the answer was cut.
  const json::object& last() const { return last_; }

 private:
  void show_thinking(std::string_view piece);
  void show_text(std::string_view piece);
  void remove_spinner();

  const Console& console_;
  AnswerSettings settings_;
  WordWrap wrap_;
  std::string text_;
  std::string thinking_;
  json::object last_;
  std::size_t frame_ = 0;
  bool spinner_shown_ = false;
  bool in_thinking_ = false;
};

// "total duration:       1.2s\n…", as Ollama's --verbose prints it.
std::string timings_text(const json::object& last);

}  // namespace fragua::cli
