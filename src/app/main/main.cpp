// fragua: one program. `engine`, `extract`, `quantize` and `read-catalogue` are its children; everything else is the command line.
#include <unistd.h>

#include <cstdio>
#include <mutex>
#include <random>

#include "app/configuration.h"
#include "app/reports.h"
#include "app/server.h"
#include "base/error.h"
#include "cli/cli.h"
#include "engine/host.h"
#ifdef FRAGUA_LLAMA
#include "engine/llama/model.h"
#include "engine/llama/quantize.h"
#else
#include "engine/fake/model.h"
#endif

namespace {

using namespace fragua;

constexpr int kChildChannel = 3;

#ifdef FRAGUA_LLAMA
constexpr auto kLoadModel = engine::load_llama_model;
#else
// Sanitizer builds leave llama.cpp out: their engine is the fake one.
constexpr auto kLoadModel = engine::load_fake_model;
#endif

int run_engine() {
  std::random_device device;
  std::mt19937_64 random(device());
  std::mutex mutex;
  const auto next = [&] {
    std::lock_guard lock(mutex);
    return random();
  };
  return engine::serve_engine(kChildChannel, kLoadModel, next, Clock());
}

int run_quantize(const std::string& in, const std::string& out, const std::string& type) {
  try {
#ifdef FRAGUA_LLAMA
    engine::quantize_model(in, out, type);
    return 0;
#else
    throw Error(ErrorCode::unsupported, "this build cannot quantize " + in + " to " + out + " as " + type);
#endif
  } catch (const Error& error) {
    std::printf("%s\n", error.what());
    return error.code() == ErrorCode::invalid_argument ? 2 : 1;
  }
}

// The programs that read strangers' files lie beside this one.
int become_reader(const std::string& reader) {
  std::error_code failed;
  const auto program = fs::read_symlink("/proc/self/exe", failed).parent_path() / reader;
  std::string name = program.string();
  char* argv[] = {name.data(), nullptr};
  ::execv(name.c_str(), argv);
  std::fprintf(stderr, "Error: %s is not beside this program: install both\n", reader.c_str());
  return 1;
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
  std::printf("wrote %s\n", options.file.c_str());
  return 0;
}

int restore(const cli::BackupOptions& options, const cli::Environment& environment) {
  const auto made = app::restore(settings_from(options.config_file, {}, options.overrides, environment.variables), options.file);
  std::printf("restored the backup of %s\n", made.c_str());
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
  if (command == "engine" && argc == 2) return run_engine();
  if (command == "read-catalogue" && argc == 2) return become_reader("fragua-read-catalogue");
  if (command == "quantize" && argc == 5) return run_quantize(argv[2], argv[3], argv[4]);
  const auto environment = cli::read_environment(variables);
  if (command == "extract" && argc == 2) return become_reader("fragua-extract");
  cli::ServerCommands commands;
  commands.serve = [&](const cli::ServeOptions& options) { return reported([&] { return serve(options, environment); }); };
  commands.config = [&](const cli::ConfigOptions& options) { return reported([&] { return print_config(options, environment); }); };
  commands.backup = [&](const cli::BackupOptions& options) { return reported([&] { return back_up(options, environment); }); };
  commands.restore = [&](const cli::BackupOptions& options) { return reported([&] { return restore(options, environment); }); };
  commands.openapi = [] { return reported([] { return app::print_openapi(); }); };
  return cli::main(argc, argv, commands, environment);
}
