// `fragua run`: one answer or a conversation, and the steps of it that the conversation's /load needs too.
// Callers: cli.cpp, cli/repl. Threads: the main one.
#pragma once
#include <optional>

#include "cli/arguments.h"
#include "cli/environment.h"
#include "cli/session.h"

namespace fragua::cli {

struct Context;

int run_model(Context& context);
// What the options say, before a server is asked. Error(invalid_argument).
Session session_of(const Arguments& arguments, const Environment& environment);

// Asks the server what the model can do and notes it in the session; nothing if the server does not have it.
std::optional<json::object> find_model(Context& context, Session& session);
// The same, or Error(not_found).
json::object describe_model(Context& context, Session& session);
// Has the server load the model, with a spinner on a terminal.
void load_model(Context& context, const Session& session);

}  // namespace fragua::cli
