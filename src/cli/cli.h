// The command line: `fragua run|create|pull|list|…`, each a client of the HTTP API, and the doors to what app/
// implements. Callers: app/main only. Threads: the main one; Ctrl-C stops the call in hand. Never touches a service, a
// model file of the store or a database: what it knows it asked the server over HTTP.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "cli/environment.h"

namespace fragua::cli {

// What `fragua serve` was told by its flags. Empty means "not given": configuration and environment decide.
struct ServeOptions {
  std::vector<std::string> listen;  // HOST:PORT, as often as wanted
  std::string models_folder;
  std::string log_format;  // json or text
  std::string log_level;   // debug, info, warn or error
  std::string clock;       // the day that is today
  std::string config_file;
  std::vector<std::string> overrides;  // "key=value"
};

struct ConfigOptions {
  bool explain = false;  // with the origin of every value
  bool as_json = false;
  std::string config_file;
  std::vector<std::string> overrides;  // "key=value"
};

struct BackupOptions {
  std::string file;
  std::string config_file;
  std::vector<std::string> overrides;  // "key=value"
  bool as_json = false;
};

// Implemented by app/; each returns the exit status.
struct ServerCommands {
  std::function<int(const ServeOptions&)> serve;
  std::function<int(const ConfigOptions&)> config;
  std::function<int()> openapi;
  std::function<int(const BackupOptions&)> backup;
  std::function<int(const BackupOptions&)> restore;
};

// Exit status: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C. Errors are printed, none is thrown.
int main(int argc, char** argv, const ServerCommands& server, Environment environment);

}  // namespace fragua::cli
