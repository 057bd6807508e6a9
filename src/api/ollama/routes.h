// Routes of Ollama's dialect. Callers: api/guard (all_routes), handlers among themselves.
// Threads: the loop's only. Never holds state: what a handler needs comes with its Call.
#pragma once
#include "api/call.h"

namespace fragua::api::ollama {

// inference.cpp
Task<> generate(Call& call);
Task<> chat(Call& call);

// models.cpp
Task<> root(Call& call);
Task<> version(Call& call);
Task<> tags(Call& call);
Task<> ps(Call& call);
Task<> show(Call& call);
Task<> copy(Call& call);
Task<> remove(Call& call);
// transfers.cpp
Task<> pull(Call& call);
Task<> push(Call& call);
Task<> create(Call& call);
Task<> has_blob(Call& call);
Task<> upload_blob(Call& call);
// embed.cpp
Task<> embed(Call& call);
Task<> embeddings(Call& call);

void add_routes(Routes& routes);

}  // namespace fragua::api::ollama
