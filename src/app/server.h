// run_server: composes all the rooms from the settings and serves until SIGTERM or SIGINT. Callers: app/main.
// Threads: this one runs the loop; named pools run what blocks. Returns the exit status; Error for what cannot start.
// Refuses to listen on anything but loopback until there is an administrator.
#pragma once
#include "app/configuration.h"

namespace fragua::app {

int run_server(const Settings& settings, const fs::path& program);
// Beside a running server or without one. Error(conflict): the file exists.
void back_up(const Settings& settings, const fs::path& file);
// When the backup was made. Error(conflict): a server runs on the data folder.
std::string restore(const Settings& settings, const fs::path& file);
// Where settings that are empty point to.
fs::path data_folder(const Settings& settings, const Variables& variables);
fs::path models_folder(const Settings& settings, const Variables& variables);

}  // namespace fragua::app
