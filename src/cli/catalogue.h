// `fragua catalogue`: importing data, and what is there. Callers: cli.cpp. Threads: the main one.
// Reads no source itself: it sends the file to the server.
#pragma once

namespace fragua::cli {

struct Context;

int work_on_catalogue(Context& context);

}  // namespace fragua::cli
