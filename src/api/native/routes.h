// Routes of Fragua's own API, and of what operators ask for. Callers: api/routes (all_routes). Threads: the loop's
// only. Health, readiness and documentation need no key.
#pragma once
#include "api/call.h"

namespace fragua::api::native {

// text.cpp
Task<> tokenize(Call& call);
Task<> detokenize(Call& call);
Task<> rerank(Call& call);
// model_editing.cpp
Task<> check_modelfile(Call& call);
Task<> create_model(Call& call);
Task<> add_blob(Call& call);
// operation.cpp
Task<> health(Call& call);
Task<> ready(Call& call);
Task<> metrics(Call& call);
Task<> openapi_document(Call& call);
Task<> documentation(Call& call);

void add_routes(Routes& routes);

}  // namespace fragua::api::native
