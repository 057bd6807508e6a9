// A server in the background for `fragua run`, when none answers on this machine.
// Callers: cli/run. Threads: the main one. The server is a process of its own that outlives the command; its log is
// server.log in the data folder. Started from argv, never through a shell; the wait for it has a deadline.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace fragua::cli {

struct Context;

// Returns once a server answers. Error(unavailable) says why there is none and what to do.
void ensure_server(Context& context);

// Starts the program in a session of its own, with its output appended to the log. Returns its process id;
// Error(unavailable).
int spawn_detached(const std::vector<std::string>& argv, const std::filesystem::path& log);

}  // namespace fragua::cli
