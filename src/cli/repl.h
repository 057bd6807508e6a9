// The conversation of `fragua run MODEL`: prompt, answers, and the / commands.
// Callers: cli/run. Threads: the main one. Ctrl-C stops the answer in hand and never the program; Ctrl-D and /bye
// leave. An error is shown and the conversation goes on.
#pragma once
#include "cli/session.h"

namespace fragua::cli {

struct Context;

int run_repl(Context& context, Session session);
// Messages that belong to a model, as they would have looked when they were typed.
void show_history(const Context& context, const json::object& shown_model, bool word_wrap);

}  // namespace fragua::cli
