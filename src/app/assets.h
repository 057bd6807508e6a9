// The web app's files inside the program (web/dist, gzipped by the build). Callers: app/server hands it to api/. Threads: any; constant.
// Nothing: there is no such file, or this program was built without the app.
#pragma once
#include "api/call.h"

namespace fragua::app {

std::optional<api::Asset> find_asset(std::string_view path);

}  // namespace fragua::app
