// Routes of OpenAI's dialect. Callers: api/routes (all_routes). Threads: the loop's only.
// Everything but files and vector stores is stateless: nothing of a request is kept after its answer.
#pragma once
#include "api/call.h"

namespace fragua::api::openai {

Task<> chat_completions(Call& call);
Task<> completions(Call& call);
Task<> embeddings(Call& call);
Task<> list_models(Call& call);
Task<> show_model(Call& call);
Task<> responses(Call& call);
Task<> transcriptions(Call& call);

void add_routes(Routes& routes);

}  // namespace fragua::api::openai
