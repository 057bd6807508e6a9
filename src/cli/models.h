// `fragua list`, `ps`, `cp`, `rm` and `stop`: the models a server has, as tables or JSON.
// Callers: cli.cpp, cli/repl (/list). Threads: the main one; the tables are pure functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cli/format.h"

namespace fragua::cli {

struct Context;

int list_models(Context& context);
int list_running(Context& context);
int copy_model(Context& context);
int remove_models(Context& context);
int stop_model(Context& context);

// The entries of "models" whose name begins with `prefix`, in any case.
std::vector<json::object> models_named(const json::object& answer, std::string_view prefix);
std::string models_table(const std::vector<json::object>& models, SystemTime now);
std::string running_table(const std::vector<json::object>& models, SystemTime now);

}  // namespace fragua::cli
