// Context: what a command that speaks to the server is given. A command returns the exit status and throws Error.
// Callers: cli.cpp makes it, the commands read it. Threads: the main one. Owns nothing.
#pragma once
#include "cli/api_client.h"
#include "cli/arguments.h"
#include "cli/console.h"
#include "cli/environment.h"

namespace fragua {
class Clock;
}

namespace fragua::cli {

struct Context {
  const Console& console;
  ApiClient& api;
  const Arguments& arguments;
  const Environment& environment;
  const Clock& clock;

  bool as_json() const { return arguments.has("json"); }
};

}  // namespace fragua::cli
