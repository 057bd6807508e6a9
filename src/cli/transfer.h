// Long operations of the server (pull, push, create) with their progress on the screen.
// Callers: cli/transfer, cli/create, cli/run. Threads: the main one.
#pragma once
#include <string>

#include "base/json.h"
#include "cli/progress.h"

namespace fragua::cli {

struct Context;

int pull_models(Context& context);
int push_model(Context& context);

Progress make_progress(const Context& context);
// One line of the server's report, drawn.
void show_event(Progress& progress, const json::object& line);
// Streams POST `path` and shows what it reports; with --json passes the lines on. Leaves the last state on the screen.
void follow(Context& context, Progress& progress, const std::string& path, const json::object& body);
// Fetches one model, as `fragua pull` does.
void pull_model(Context& context, const std::string& name);

}  // namespace fragua::cli
