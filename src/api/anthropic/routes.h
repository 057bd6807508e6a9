// Routes of Anthropic's dialect. Callers: api/routes (all_routes). Threads: the loop's only.
// Everything is stateless: nothing of a request is kept after its answer.
#pragma once
#include "api/call.h"

namespace fragua::api::anthropic {

Task<> messages(Call& call);
Task<> count_tokens(Call& call);

void add_routes(Routes& routes);

}  // namespace fragua::api::anthropic
