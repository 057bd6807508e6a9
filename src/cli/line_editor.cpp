#include "cli/line_editor.h"

#include <histedit.h>
#include <langinfo.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdio>
#include <string_view>

namespace fragua::cli {

namespace {

constexpr int kHistoryLines = 1000;
constexpr std::string_view kPasteOn = "\x1b[?2004h";
constexpr std::string_view kPasteOff = "\x1b[?2004l";
constexpr std::wstring_view kPasteEnd = L"\x1b[201~";

void write_to_terminal(std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(STDOUT_FILENO, text.data(), text.size());
    if (count <= 0) return;
    text.remove_prefix(std::size_t(count));
  }
}

// libedit turns bytes into characters by the locale; without a UTF-8 one it would refuse accents.
void use_utf8() {
  std::setlocale(LC_CTYPE, "");
  if (std::string_view(::nl_langinfo(CODESET)) != "UTF-8") std::setlocale(LC_CTYPE, "C.UTF-8");
}

}  // namespace

struct LineEditor::State {
  EditLine* editor = nullptr;
  History* history = nullptr;
  HistEvent event{};
  std::filesystem::path history_file;
  std::string prompt;
  bool interrupted = false;
  bool was_empty = true;

  static State* of(EditLine* editor) {
    void* data = nullptr;
    el_get(editor, EL_CLIENTDATA, &data);
    return static_cast<State*>(data);
  }
  static char* prompt_of(EditLine* editor) { return of(editor)->prompt.data(); }

  static unsigned char on_interrupt(EditLine* editor, int) {
    const auto* line = el_line(editor);
    of(editor)->interrupted = true;
    of(editor)->was_empty = line->lastchar == line->buffer;
    return CC_EOF;
  }
  // Ctrl-D: leaves on an empty line, deletes the character under the cursor otherwise.
  static unsigned char on_end(EditLine* editor, int) {
    const auto* line = el_line(editor);
    if (line->lastchar == line->buffer) return CC_EOF;
    if (line->cursor == line->lastchar) return CC_NORM;
    el_cursor(editor, 1);
    el_deletestr(editor, 1);
    return CC_REFRESH;
  }
  // Ctrl-Z: to the shell, and back to the line as it was.
  static unsigned char on_suspend(EditLine* editor, int) {
    el_set(editor, EL_PREP_TERM, 0);
    ::raise(SIGTSTP);
    el_set(editor, EL_PREP_TERM, 1);
    return CC_REDISPLAY;
  }
  // What a terminal sends between the marks of a paste is text, newlines included.
  static unsigned char on_paste(EditLine* editor, int) {
    std::wstring pasted;
    wchar_t character = 0;
    while (!pasted.ends_with(kPasteEnd)) {
      if (el_wgetc(editor, &character) != 1) return CC_EOF;
      pasted += character == L'\r' ? L'\n' : character;
    }
    pasted.resize(pasted.size() - kPasteEnd.size());
    while (pasted.ends_with(L'\n')) pasted.pop_back();
    el_winsertstr(editor, pasted.c_str());
    return CC_REFRESH;
  }
};

LineEditor::LineEditor(std::filesystem::path history_file) : state_(std::make_unique<State>()) {
  use_utf8();
  state_->history_file = std::move(history_file);
  state_->editor = el_init("fragua", stdin, stdout, stderr);
  state_->history = history_init();
  history(state_->history, &state_->event, H_SETSIZE, kHistoryLines);
  history(state_->history, &state_->event, H_SETUNIQUE, 1);
  if (!state_->history_file.empty()) history(state_->history, &state_->event, H_LOAD, state_->history_file.c_str());
  auto* editor = state_->editor;
  el_set(editor, EL_CLIENTDATA, state_.get());
  el_set(editor, EL_PROMPT, &State::prompt_of);
  el_set(editor, EL_EDITOR, "emacs");
  el_set(editor, EL_HIST, history, state_->history);
  el_set(editor, EL_SETTY, "-d", "-isig", nullptr);  // while a line is edited Ctrl-C is a key and no signal
  el_set(editor, EL_ADDFN, "fragua-interrupt", "drops the line", &State::on_interrupt);
  el_set(editor, EL_ADDFN, "fragua-end", "leaves or deletes", &State::on_end);
  el_set(editor, EL_ADDFN, "fragua-suspend", "stops the program", &State::on_suspend);
  el_set(editor, EL_ADDFN, "fragua-paste", "inserts what is pasted", &State::on_paste);
  el_set(editor, EL_BIND, "^C", "fragua-interrupt", nullptr);
  el_set(editor, EL_BIND, "^D", "fragua-end", nullptr);
  el_set(editor, EL_BIND, "^Z", "fragua-suspend", nullptr);
  el_set(editor, EL_BIND, "^W", "ed-delete-prev-word", nullptr);
  el_set(editor, EL_BIND, "\\e[200~", "fragua-paste", nullptr);
}

LineEditor::~LineEditor() {
  el_end(state_->editor);
  history_end(state_->history);
}

LineEditor::Input LineEditor::read(const std::string& prompt) {
  state_->prompt = prompt;
  state_->interrupted = false;
  int count = 0;
  write_to_terminal(kPasteOn);
  const char* line = el_gets(state_->editor, &count);
  write_to_terminal(kPasteOff);
  if (line == nullptr || count <= 0)
    return {state_->interrupted ? Outcome::interrupted : Outcome::end, "", state_->was_empty};
  std::string text(line, std::size_t(count));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return {Outcome::line, std::move(text), false};
}

void LineEditor::remember(const std::string& text) {
  if (text.empty()) return;
  history(state_->history, &state_->event, H_ENTER, text.c_str());
  if (state_->history_file.empty()) return;
  std::error_code ignored;
  std::filesystem::create_directories(state_->history_file.parent_path(), ignored);
  history(state_->history, &state_->event, H_SAVE, state_->history_file.c_str());
}

}  // namespace fragua::cli
