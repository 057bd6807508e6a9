#include "cli/run.h"

#include <algorithm>

#include "base/error.h"
#include "base/files.h"
#include "base/strings.h"
#include "cli/answer.h"
#include "cli/background_server.h"
#include "cli/context.h"
#include "cli/embed.h"
#include "cli/members.h"
#include "cli/prompt_images.h"
#include "cli/repl.h"
#include "cli/transfer.h"

namespace fragua::cli {

namespace {

constexpr std::size_t kPromptMaxBytes = 16u << 20;

// --format: json, a schema, or a file that holds one.
json::value format_of(const std::string& given) {
  if (const auto format = parse_format(given)) return *format;
  std::error_code ignored;
  if (!fs::is_regular_file(given, ignored))
    throw Error(ErrorCode::invalid_argument, "--format must be json, a JSON Schema {...}, or a file with one");
  const auto format = parse_format(read_file(given));
  if (!format) throw Error(ErrorCode::invalid_argument, "the file " + given + " holds no JSON Schema");
  return *format;
}

void set_options(Session& session, const std::vector<std::string>& assignments) {
  std::map<std::string, std::vector<std::string>> values;
  for (const auto& assignment : assignments) {
    const auto equals = assignment.find('=');
    if (equals == std::string::npos)
      throw Error(ErrorCode::invalid_argument,
                  "--option " + assignment + ": write NAME=VALUE, such as temperature=0.2");
    values[assignment.substr(0, equals)].push_back(assignment.substr(equals + 1));
  }
  for (const auto& [name, list] : values)
    if (const auto problem = set_parameter(session, name, list))
      throw Error(ErrorCode::invalid_argument, "--option: " + *problem);
}

// The standard input, then the words of the command line.
std::string prompt_of(const Context& context) {
  std::vector<std::string> parts;
  if (!context.console.input_is_terminal()) {
    const auto input = context.console.read_input(kPromptMaxBytes);
    if (!input.empty()) parts.push_back(input);
  }
  for (const auto& word : context.arguments.list("PROMPT")) parts.push_back(word);
  return join(parts, " ");
}

json::object describe_or_pull(Context& context, Session& session) {
  if (auto answer = find_model(context, session)) return *answer;
  pull_model(context, session.model);
  return describe_model(context, session);
}

int answer_once(Context& context, const Session& session, const std::string& text) {
  const auto prompt =
      session.sees_images ? take_images(text, context.environment.variable("HOME")) : PromptImages{text, {}, {}};
  for (const auto& name : prompt.names) context.console.err_line("Added image '" + name + "'");
  Answer answer(context.console, {session.word_wrap, session.hide_thinking, context.as_json()});
  struct Close {
    Answer& answer;
    ~Close() { answer.finish(); }
  };
  {
    const Close close{answer};
    context.api.stream("/api/generate", generate_request(session, prompt.text, prompt.images),
                       {[&answer](const json::object& line) { answer.take(line); }, [&answer] { answer.tick(); }});
  }
  if (context.as_json()) {
    auto whole = answer.last();
    whole["response"] = answer.text();
    if (!answer.thinking().empty()) whole["thinking"] = answer.thinking();
    context.console.out_line(to_pretty_json(whole));
  } else if (session.verbose) {
    context.console.err(timings_text(answer.last()));
  }
  return 0;
}

}  // namespace

Session session_of(const Arguments& arguments, const Environment& environment) {
  Session session;
  session.model = arguments.text("MODEL");
  if (arguments.has("system")) session.system = arguments.text("system");
  if (arguments.has("format")) session.format = format_of(arguments.text("format"));
  if (arguments.has("think")) session.think = parse_think(arguments.text("think"));
  if (arguments.has("keepalive")) session.keep_alive = parse_keep_alive(arguments.text("keepalive"));
  set_options(session, arguments.list("option"));
  session.word_wrap = !arguments.has("nowordwrap");
  session.verbose = arguments.has("verbose");
  session.hide_thinking = arguments.has("hidethinking");
  session.history =
      environment.variable("FRAGUA_NOHISTORY").empty() && environment.variable("OLLAMA_NOHISTORY").empty();
  return session;
}

std::optional<json::object> find_model(Context& context, Session& session) {
  const auto answer = context.api.find("/api/show", {{"model", session.model}});
  if (!answer) return std::nullopt;
  const auto capabilities = strings_member(answer->as_object(), "capabilities");
  session.sees_images = std::ranges::count(capabilities, "vision") > 0;
  return answer->as_object();
}

json::object describe_model(Context& context, Session& session) {
  auto answer = find_model(context, session);
  if (!answer)
    throw Error(ErrorCode::not_found,
                "model '" + session.model + "' not found; `fragua pull " + session.model + "` may fetch it");
  return *answer;
}

void load_model(Context& context, const Session& session) {
  json::object body{{"model", session.model}};
  if (!session.keep_alive.is_null()) body["keep_alive"] = session.keep_alive;
  Answer waiting(context.console, {});
  context.api.stream("/api/generate", body, {{}, [&waiting] { waiting.tick(); }});
  waiting.finish();
}

int run_model(Context& context) {
  auto session = session_of(context.arguments, context.environment);
  ensure_server(context);
  const auto shown = describe_or_pull(context, session);
  const auto capabilities = strings_member(shown, "capabilities");
  const auto has = [&](const char* name) { return std::ranges::count(capabilities, name) > 0; };
  const bool conversation = context.console.input_is_terminal() && context.console.output_is_terminal() &&
                            !context.arguments.has("PROMPT") && !context.as_json();
  if (has("embedding") && !has("completion")) {
    if (conversation)
      throw Error(ErrorCode::invalid_argument, "'" + session.model +
                                                   "' is an embedding model: give it a text, as in `fragua run " +
                                                   session.model + " \"a text\"`");
    return embed_and_print(context, {prompt_of(context)});
  }
  if (!conversation) return answer_once(context, session, prompt_of(context));
  load_model(context, session);
  show_history(context, shown, session.word_wrap);
  context.console.out_line(context.console.styled_out(Style::grey, "Send a message (/? for help)"));
  return run_repl(context, std::move(session));
}

}  // namespace fragua::cli
