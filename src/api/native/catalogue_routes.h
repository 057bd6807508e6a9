// Routes of catalogues: what is imported here, importing, taking away, and taking out again. Callers: api/routes. Threads: the loop's.
// Whoever may make models may import; reading is a right of its own.
#pragma once
#include "api/call.h"

namespace fragua::api::native {

void add_catalogue_routes(Routes& routes);

// catalogues.cpp
Task<> list_catalogues(Call& call);
Task<> show_catalogue(Call& call);
Task<> remove_catalogue(Call& call);
Task<> catalogue_mapping(Call& call);
Task<> catalogue_items(Call& call);
// catalogue_item.cpp
Task<> show_item(Call& call);
// catalogue_import.cpp
Task<> import_catalogue(Call& call);
Task<> suggest_mapping(Call& call);

}  // namespace fragua::api::native
