// `fragua documents ACTION …`: hands files in, keeps collections in step with folders, asks them.
// Callers: cli.cpp. Threads: the main one. Speaks HTTP only; every action returns the exit status and throws Error.
// Never waits without an end: what the server does not move for half an hour is given up with a sentence.
#pragma once

namespace fragua::cli {

struct Context;

int use_documents(Context& context);

}  // namespace fragua::cli
