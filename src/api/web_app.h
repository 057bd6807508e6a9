// The web app's files: its page for every address that a browser opens and no route has, and what the page loads. Callers: guard, ollama/root.
// Threads: any; pure. The page's policy allows nothing from elsewhere, and no script that is not a file of ours.
#pragma once
#include <optional>

#include "api/call.h"

namespace fragua::api {

// Nothing: this is not for the app (an API's path, not a browser's page load, or a program without the app).
std::optional<http::Response> web_app_answer(const http::Request& request, const Assets& assets);

// A page of the app where programs find a route: a browser that opens /models wants the page, a script the list.
bool is_app_page_load(const http::Request& request);

}  // namespace fragua::api
