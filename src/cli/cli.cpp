#include "cli/cli.h"

#include <algorithm>

#include "base/clock.h"
#include "base/error.h"
#include "cli/bench.h"
#include "cli/catalogue.h"
#include "cli/completion.h"
#include "cli/context.h"
#include "cli/create.h"
#include "cli/documents.h"
#include "cli/embed.h"
#include "cli/eval.h"
#include "cli/help.h"
#include "cli/man_page.h"
#include "cli/models.h"
#include "cli/run.h"
#include "cli/show.h"
#include "cli/transfer.h"

namespace fragua::cli {

namespace {

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;
constexpr int kStopped = 130;

using ClientCommand = int (*)(Context&);

ClientCommand client_command(std::string_view name) {
  static constexpr std::pair<std::string_view, ClientCommand> kCommands[] = {
      {"run", run_model},    {"create", create_model}, {"pull", pull_models},  {"push", push_model},
      {"list", list_models}, {"ps", list_running},     {"show", show_model},   {"cp", copy_model},
      {"rm", remove_models}, {"stop", stop_model},     {"embed", embed_texts}, {"bench", bench_model},
      {"catalogue", work_on_catalogue}, {"documents", use_documents}, {"eval", evaluate_model}};
  for (const auto& [command, function] : kCommands)
    if (command == name) return function;
  return nullptr;
}

ServeOptions serve_options(const Arguments& arguments) {
  return {arguments.list("listen"),    arguments.text("models"), arguments.text("log-format"),
          arguments.text("log-level"), arguments.text("clock"),  arguments.text("config"), arguments.list("set")};
}

ConfigOptions config_options(const Arguments& arguments) {
  return {arguments.has("explain"), arguments.has("json"), arguments.text("config"), arguments.list("set")};
}

BackupOptions backup_options(const Arguments& arguments) {
  return {arguments.text("FILE"), arguments.text("config"), arguments.list("set"), arguments.has("json")};
}

std::string help_about(const std::string& name, const Console& console) {
  const auto commands = command_table();
  if (name.empty()) return help_overview(commands);
  const auto found = std::ranges::find(commands, name, &CommandSpec::name);
  if (found == commands.end())
    throw Error(ErrorCode::invalid_argument, "there is no command \"" + name + "\"; `fragua --help` lists them");
  return help_for(*found, console.width());
}

// The commands that need neither server nor client.
std::optional<std::string> text_command(const Arguments& arguments, const Console& console) {
  if (arguments.wants_help) return help_about(arguments.command, console);
  if (arguments.command == "help") return help_about(arguments.text("COMMAND"), console);
  if (arguments.wants_version) return "fragua version is " FRAGUA_VERSION "\n";
  if (arguments.command.empty()) return help_overview(command_table());
  if (arguments.command == "completion") return completion_script(arguments.text("SHELL"), command_table());
  if (arguments.command == "man") return man_page(command_table(), FRAGUA_VERSION);
  return std::nullopt;
}

int dispatch(const Arguments& arguments, const ServerCommands& server, const Environment& environment) {
  const Console console(environment);
  if (const auto text = text_command(arguments, console)) {
    console.out(*text);
    return 0;
  }
  if (arguments.command == "serve") return server.serve(serve_options(arguments));
  if (arguments.command == "config") return server.config(config_options(arguments));
  if (arguments.command == "openapi") return server.openapi();
  if (arguments.command == "backup") return server.backup(backup_options(arguments));
  if (arguments.command == "restore") return server.restore(backup_options(arguments));
  const Clock clock;
  ApiClient api(find_server_address(arguments.text("host"), environment),
                Secret(environment.variable("FRAGUA_API_KEY")));
  Context context{console, api, arguments, environment, clock};
  return client_command(arguments.command)(context);
}

int report(const Error& error, const Arguments& arguments, const Environment& environment) {
  const Console console(environment);
  if (error.code() == ErrorCode::cancelled) {
    if (console.error_is_terminal()) console.err_line("");
    return kStopped;
  }
  if (arguments.has("json"))
    console.err_line(to_json({{"error", error.what()}}));
  else
    console.err_line(console.styled_err(Style::red, "Error:") + " " + error.what());
  return kFailed;
}

}  // namespace

int main(int argc, char** argv, const ServerCommands& server, Environment environment) {
  Arguments arguments;
  try {
    arguments = parse_arguments(argc, argv);
  } catch (const Error& error) {
    report(error, arguments, environment);
    return kWrongUsage;
  }
  try {
    return dispatch(arguments, server, environment);
  } catch (const Error& error) {
    return report(error, arguments, environment);
  } catch (const std::exception& error) {
    return report(Error(ErrorCode::internal, error.what()), arguments, environment);
  }
}

}  // namespace fragua::cli
