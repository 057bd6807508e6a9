// run_server: composes all the rooms from the settings and serves until SIGTERM or SIGINT. Callers: app/main.
// Threads: this one runs the loop; named pools run what blocks. Returns the exit status; Error for what cannot start.
// Refuses to listen on anything but loopback until there are accounts.
#pragma once
#include "app/configuration.h"

namespace fragua::app {

int run_server(const Settings& settings, const fs::path& program);
// Where settings that are empty point to.
fs::path data_folder(const Settings& settings, const Variables& variables);
fs::path models_folder(const Settings& settings, const Variables& variables);

}  // namespace fragua::app
