#include "cli/repl.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/files.h"
#include "base/strings.h"
#include "cli/answer.h"
#include "cli/context.h"
#include "cli/line_editor.h"
#include "cli/members.h"
#include "cli/models.h"
#include "cli/prompt_images.h"
#include "cli/repl_reader.h"
#include "cli/run.h"
#include "cli/settings.h"
#include "cli/show.h"

namespace fragua::cli {

namespace {

class Repl {
 public:
  Repl(Context& context, Session session)
      : context_(context),
        session_(std::move(session)),
        interrupts_(context.api),
        editor_(history_file(context, session_)) {}

  int run();

 private:
  static fs::path history_file(const Context& context, const Session& session) {
    return session.history ? context.environment.data_folder / "history" : fs::path();
  }
  std::optional<ReplCommand> read_command();
  void handle(const ReplCommand& command);
  void ask(const std::string& text);
  void show(const ReplCommand& command);
  void show_parameters(const json::object& answer);
  void load(const ReplCommand& command);
  void save(const ReplCommand& command);
  void clear();
  fs::path home() const { return context_.environment.variable("HOME"); }
  void say(std::string_view text) const { context_.console.out_line(text); }

  Context& context_;
  Session session_;
  ApiClient::KeepInterrupts interrupts_;
  LineEditor editor_;
  ReplReader reader_;
  bool leaving_ = false;
};

// Nothing when the line was dropped or more lines are to come.
std::optional<ReplCommand> Repl::read_command() {
  const auto input = editor_.read(reader_.is_open() ? "... " : ">>> ");
  if (input.outcome == LineEditor::Outcome::end) {
    leaving_ = true;
    say("");
    return std::nullopt;
  }
  if (input.outcome == LineEditor::Outcome::interrupted) {
    say(input.was_empty && !reader_.is_open() ? "\nUse Ctrl + d or /bye to exit." : "");
    reader_.reset();
    return std::nullopt;
  }
  if (session_.history) editor_.remember(input.text);
  return reader_.feed(input.text);
}

int Repl::run() {
  while (!leaving_) {
    const auto command = read_command();
    if (!command) continue;
    try {
      handle(*command);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::cancelled)
        context_.console.err_line(context_.console.styled_err(Style::red, "error:") + " " + error.what());
    }
  }
  return 0;
}

void Repl::handle(const ReplCommand& command) {
  switch (command.verb) {
    case ReplVerb::message:
      return ask(command.text);
    case ReplVerb::set:
      return context_.console.out(apply_setting(session_, command));
    case ReplVerb::show:
      return show(command);
    case ReplVerb::load:
      return load(command);
    case ReplVerb::save:
      return save(command);
    case ReplVerb::clear:
      return clear();
    case ReplVerb::list:
      list_models(context_);
      return;
    case ReplVerb::help:
      return context_.console.out(repl_help(command.words.empty() ? "" : command.words.front(), session_.sees_images));
    case ReplVerb::leave:
      leaving_ = true;
      return;
    case ReplVerb::unknown:
      break;
  }
  if (session_.sees_images && begins_with_image(command.text, home())) return ask(command.text);
  say("Unknown command '" + command.text.substr(0, command.text.find(' ')) + "'. Type /? for help");
}

void Repl::ask(const std::string& text) {
  if (trimmed(text).empty()) return;
  const auto prompt = session_.sees_images ? take_images(text, home()) : PromptImages{text, {}, {}};
  for (const auto& name : prompt.names) say("Added image '" + name + "'");
  session_.messages.push_back(user_message(prompt.text, prompt.images));
  Answer answer(context_.console, {session_.word_wrap, session_.hide_thinking, false});
  // However the answer ends, the screen is put in order and the conversation holds what was said.
  struct Close {
    Session& session;
    Answer& answer;
    ~Close() {
      answer.finish();
      if (answer.text().empty())
        session.messages.pop_back();
      else
        session.messages.push_back({{"role", "assistant"}, {"content", answer.text()}});
    }
  };
  {
    const Close close{session_, answer};
    context_.api.stream("/api/chat", chat_request(session_),
                        {[&answer](const json::object& line) { answer.take(line); }, [&answer] { answer.tick(); }});
  }
  if (session_.verbose) context_.console.err_line(timings_text(answer.last()));
}

void Repl::show(const ReplCommand& command) {
  if (command.words.empty()) return context_.console.out(repl_help("show", false));
  const auto value = context_.api.post("/api/show", {{"model", session_.model}});
  const auto& answer = value.as_object();
  const auto& what = command.words.front();
  const auto or_else = [&](const std::string& text, const char* absent) { say(text.empty() ? absent : text); };
  if (what == "info") return context_.console.out(show_text(answer, false));
  if (what == "parameters") return show_parameters(answer);
  if (what == "modelfile") return say(string_member(answer, "modelfile"));
  if (what == "license") return or_else(string_member(answer, "license"), "No license was specified for this model.");
  if (what == "template")
    return or_else(string_member(answer, "template"), "No prompt template was specified for this model.");
  if (what == "system")
    return or_else(session_.system.value_or(string_member(answer, "system")),
                   "No system message was specified for this model.");
  say("Unknown command '/show " + what + "'. Type /? for help");
}

void Repl::show_parameters(const json::object& answer) {
  say("Model defined parameters:");
  const auto defined = string_member(answer, "parameters");
  for (const auto& line :
       split(defined.empty() ? "No additional parameters were specified for this model." : defined, '\n'))
    say("  " + line);
  say("");
  if (session_.options.empty()) return;
  say("User defined parameters:");
  for (const auto& [name, value] : session_.options)
    say(fmt::format("  {:<30} {}", std::string_view(name.data(), name.size()), plain_text(value)));
  say("");
}

void Repl::load(const ReplCommand& command) {
  if (command.words.size() != 1) return say("Usage:\n  /load MODEL");
  auto next = session_;
  next.model = command.words.front();
  next.messages.clear();
  next.system.reset();
  say("Loading model '" + next.model + "'");
  const auto shown = describe_model(context_, next);
  load_model(context_, next);
  session_ = std::move(next);
  show_history(context_, shown, session_.word_wrap);
}

void Repl::save(const ReplCommand& command) {
  if (command.words.size() != 1) return say("Usage:\n  /save MODEL");
  context_.api.stream("/api/create", save_request(session_, command.words.front()), {});
  say("Created new model '" + command.words.front() + "'");
}

void Repl::clear() {
  session_.messages.clear();
  say("Cleared session context");
}

}  // namespace

int run_repl(Context& context, Session session) { return Repl(context, std::move(session)).run(); }

void show_history(const Context& context, const json::object& shown_model, bool word_wrap) {
  for (const auto& message : array_member(shown_model, "messages")) {
    if (!message.is_object()) continue;
    const auto role = string_member(message.get_object(), "role");
    if (role == "user") context.console.out_line(">>> " + string_member(message.get_object(), "content"));
    if (role != "assistant") continue;
    Answer answer(context.console, {word_wrap, false, false});
    answer.take({{"message", message}});
    answer.finish();
  }
}

}  // namespace fragua::cli
