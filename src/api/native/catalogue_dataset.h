// CatalogueDataset: the endpoint that makes training sets of a catalogue: kind=search|chat, size, seed, part=all|train|validation,
// format=conversations|llama3|messages. Callers: native/catalogue_routes. Threads: the loop's only.
#pragma once
#include "api/call.h"

namespace fragua::api::native {

Task<> catalogue_dataset(Call& call);

}  // namespace fragua::api::native
