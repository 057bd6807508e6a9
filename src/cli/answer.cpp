#include "cli/answer.h"

#include <fmt/format.h>

#include "cli/format.h"
#include "cli/members.h"

namespace fragua::cli {

namespace {

constexpr std::size_t kMarginColumns = 2;  // a wrapped line never touches the edge, where terminals disagree
constexpr std::string_view kSpinner[] = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
constexpr std::string_view kGrey = "\x1b[90m";
constexpr std::string_view kPlain = "\x1b[0m";

std::size_t wrap_columns(const Console& console, bool wanted) {
  if (!wanted || !console.output_is_terminal()) return 0;
  const auto width = console.width();
  return width > 10 + kMarginColumns ? width - kMarginColumns : 0;
}

}  // namespace

Answer::Answer(const Console& console, AnswerSettings settings)
    : console_(console), settings_(settings), wrap_(wrap_columns(console, settings.word_wrap)) {}

void Answer::take(const json::object& line) {
  const auto message = object_member(line, "message");
  const auto& holder = message.empty() ? line : message;
  show_thinking(string_member(holder, "thinking"));
  show_text(string_member(holder, message.empty() ? "response" : "content"));
  if (boolean_member(line, "done")) last_ = line;
}

void Answer::show_thinking(std::string_view piece) {
  if (piece.empty()) return;
  thinking_ += piece;
  if (settings_.quiet || settings_.hide_thinking) return;
  remove_spinner();
  const bool coloured = !console_.styled_out(Style::grey, "x").starts_with('x');
  if (!in_thinking_) console_.out(std::string(coloured ? kGrey : "") + "Thinking...\n");
  in_thinking_ = true;
  console_.out(wrap_.feed(piece));
}

void Answer::show_text(std::string_view piece) {
  if (piece.empty()) return;
  text_ += piece;
  if (settings_.quiet) return;
  remove_spinner();
  if (in_thinking_) {
    const bool coloured = !console_.styled_out(Style::grey, "x").starts_with('x');
    console_.out(wrap_.feed(thinking_.ends_with('\n') ? "" : "\n"));
    console_.out(std::string("...done thinking.") + std::string(coloured ? kPlain : "") + "\n\n");
    in_thinking_ = false;
  }
  console_.out(wrap_.feed(piece));
}

void Answer::tick() {
  if (settings_.quiet || !console_.error_is_terminal() || !console_.output_is_terminal()) return;
  const bool hidden = settings_.hide_thinking && !thinking_.empty();
  if (!text_.empty() || (!thinking_.empty() && !hidden)) return;
  console_.err("\r" + std::string(kSpinner[frame_++ % std::size(kSpinner)]) + " ");
  spinner_shown_ = true;
}

void Answer::remove_spinner() {
  if (spinner_shown_) console_.err("\r\x1b[K");
  spinner_shown_ = false;
}

void Answer::finish() {
  if (settings_.quiet) return;
  remove_spinner();
  if (in_thinking_) console_.out(std::string(console_.styled_out(Style::grey, "x").starts_with('x') ? "" : kPlain));
  in_thinking_ = false;
  const bool something = !text_.empty() || (!thinking_.empty() && !settings_.hide_thinking);
  if (console_.output_is_terminal())
    console_.out(something ? "\n\n" : "");
  else if (something && !text_.ends_with('\n'))
    console_.out("\n");
}

std::string timings_text(const json::object& last) {
  const auto duration = [&last](const char* key) { return std::chrono::nanoseconds(integer_member(last, key)); };
  std::string text;
  const auto line = [&text](std::string_view label, const std::string& value) {
    text += fmt::format("{:<21} {}\n", label, value);
  };
  const auto rate = [&](std::string_view label, const char* count, const char* key) {
    const auto seconds = std::chrono::duration<double>(duration(key)).count();
    if (seconds > 0) line(label, fmt::format("{:.2f} tokens/s", double(integer_member(last, count)) / seconds));
  };
  line("total duration:", go_duration(duration("total_duration")));
  line("load duration:", go_duration(duration("load_duration")));
  if (integer_member(last, "prompt_eval_count") > 0) {
    line("prompt eval count:", fmt::format("{} token(s)", integer_member(last, "prompt_eval_count")));
    line("prompt eval duration:", go_duration(duration("prompt_eval_duration")));
    rate("prompt eval rate:", "prompt_eval_count", "prompt_eval_duration");
  }
  if (integer_member(last, "eval_count") > 0) {
    line("eval count:", fmt::format("{} token(s)", integer_member(last, "eval_count")));
    line("eval duration:", go_duration(duration("eval_duration")));
    rate("eval rate:", "eval_count", "eval_duration");
  }
  return text;
}

}  // namespace fragua::cli
