// openapi: the OpenAPI 3.1 document, made from the route table and the bodies' field lists. Callers: app/ (`fragua openapi`),
// native/ (/openapi.json, /docs). Threads: pure. docs/openapi.json is its output, checked by a test.
#pragma once
#include "base/json.h"

namespace fragua::api {

json::object openapi();

}  // namespace fragua::api
