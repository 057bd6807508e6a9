// page_of: the OpenAPI document as one HTML page for people. Callers: api/native/operation. Threads: pure.
// The page loads nothing: no scripts, no fonts, no pictures from anywhere.
#pragma once
#include <string>

#include "base/json.h"

namespace fragua::api::native {

std::string page_of(const json::object& openapi);

}  // namespace fragua::api::native
