// What creating a model shares between the dialects: the bytes of a blob in, the steps of a creation out. Callers: ollama/transfers,
// native/model_editing. Threads: the loop's; files are written on the pool.
#pragma once
#include "api/call.h"
#include "models/creator.h"

namespace fragua::models {
class BlobWriter;
}

namespace fragua::api::ollama {

// A line for each step, or only the last one. A client that leaves cancels it.
Task<> answer_create(Call& call, models::CreateRequest request, bool stream);
// The request's body, to its end.
Task<> receive_blob(Call& call, models::BlobWriter& writer);

}  // namespace fragua::api::ollama
