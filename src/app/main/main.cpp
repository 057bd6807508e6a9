// fragua: the command line and the server. `engine`, `quantize`, `extract` and `read-catalogue` are its children: programs of their own.
#include <unistd.h>

#include <cstdio>

#include "app/configuration.h"
#include "app/reports.h"
#include "app/server.h"
#include "base/error.h"
#include "base/json.h"
#include "cli/cli.h"

namespace {

using namespace fragua;

// The programs that compute and that read strangers' files lie beside this one; they are given the arguments from the command on.
int become(const std::string& child, char** arguments) {
  std::error_code failed;
  auto program = (fs::read_symlink("/proc/self/exe", failed).parent_path() / child).string();
  arguments[0] = program.data();
  ::execv(program.c_str(), arguments);
  std::fprintf(stderr, "Error: %s is not beside this program: install both\n", child.c_str());
  return 1;
}

// How often an engine's threads look for each other before they sleep: long enough for the ones that arrive together. libgomp's own 300,000
// burn a core for milliseconds while another engine, or anybody, needs it: two models at once were five times slower (decision 0021).
// It is read when the program is loaded.
int become_engine(char** arguments) {
  ::setenv("GOMP_SPINCOUNT", "1000", 0);
  return become("fragua-engine", arguments);
}

app::Settings settings_from(const std::string& file, std::vector<std::pair<std::string, std::string>> flags,
                            const std::vector<std::string>& overrides, const app::Variables& variables) {
  for (const auto& entry : overrides) {
    const auto equals = entry.find('=');
    if (equals == std::string::npos) throw Error(ErrorCode::invalid_argument, "--set takes key=value, not \"" + entry + "\"");
    flags.emplace_back(entry.substr(0, equals), entry.substr(equals + 1));
  }
  auto settings = app::read_settings({file, variables, std::move(flags)});
  auto& models = settings["models_folder"];
  models.value = app::models_folder(settings, variables);
  auto& data = settings["data_folder"];
  data.value = app::data_folder(settings, variables);
  return settings;
}

int serve(const cli::ServeOptions& options, const cli::Environment& environment) {
  std::vector<std::pair<std::string, std::string>> flags;
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) flags.emplace_back(key, value);
  };
  std::string listen;
  for (const auto& address : options.listen) listen += (listen.empty() ? "" : ",") + address;
  add("listen", listen);
  add("models_folder", options.models_folder);
  add("log_format", options.log_format);
  add("log_level", options.log_level);
  add("clock", options.clock);
  return app::run_server(settings_from(options.config_file, std::move(flags), options.overrides, environment.variables), environment.program);
}

int print_config(const cli::ConfigOptions& options, const cli::Environment& environment) {
  const auto settings = settings_from(options.config_file, {}, options.overrides, environment.variables);
  app::print_settings(settings, options.explain, options.as_json);
  if (options.explain && !options.as_json) app::print_measured(fs::path(app::text_of(settings, "data_folder")) / "cache");
  return 0;
}

int back_up(const cli::BackupOptions& options, const cli::Environment& environment) {
  app::back_up(settings_from(options.config_file, {}, options.overrides, environment.variables), options.file);
  if (options.as_json) std::printf("%s\n", to_json(json::object{{"file", options.file}, {"bytes", fs::file_size(options.file)}}).c_str());
  else std::printf("wrote %s\n", options.file.c_str());
  return 0;
}

int restore(const cli::BackupOptions& options, const cli::Environment& environment) {
  const auto made = app::restore(settings_from(options.config_file, {}, options.overrides, environment.variables), options.file);
  if (options.as_json) std::printf("%s\n", to_json(json::object{{"file", options.file}, {"made_at", made}}).c_str());
  else std::printf("restored the backup of %s\n", made.c_str());
  return 0;
}

template <class Command>
int reported(Command command) {
  try {
    return command();
  } catch (const Error& error) {
    std::fprintf(stderr, "Error: %s\n", error.what());
    return 1;
  }
}

}  // namespace

int main(int argc, char** argv, char** variables) {
  const std::string command = argc > 1 ? argv[1] : "";
  if (command == "engine" && argc == 2) return become_engine(argv + 1);
  if (command == "quantize" && argc == 5) return become_engine(argv + 1);
  if (command == "extract" && argc == 2) return become("fragua-extract", argv + 1);
  if (command == "read-catalogue" && argc == 2) return become("fragua-read-catalogue", argv + 1);
  const auto environment = cli::read_environment(variables);
  cli::ServerCommands commands;
  commands.serve = [&](const cli::ServeOptions& options) { return reported([&] { return serve(options, environment); }); };
  commands.config = [&](const cli::ConfigOptions& options) { return reported([&] { return print_config(options, environment); }); };
  commands.backup = [&](const cli::BackupOptions& options) { return reported([&] { return back_up(options, environment); }); };
  commands.restore = [&](const cli::BackupOptions& options) { return reported([&] { return restore(options, environment); }); };
  commands.openapi = [] { return reported([] { return app::print_openapi(); }); };
  return cli::main(argc, argv, commands, environment);
}
