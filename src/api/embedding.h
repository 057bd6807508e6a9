// What the dialects' embedding endpoints share: reading texts, computing, shortening, printing. Callers: api/<dialect>.
// Threads: the loop's. A client that leaves stops the computation.
#pragma once
#include "api/call.h"

namespace fragua::api {

// A text or a list of texts. Error(invalid_argument) names the field; an empty list is allowed.
std::vector<std::string> read_texts(const json::value& value, const std::string& field);
Task<engine::Embeddings> embed_texts(Call& call, models::StoredModel model, engine::EmbedRequest request, inference::KeepAlive keep_alive);
// Keeps the first `dimensions` of each vector and normalises again; 0: all.
void shorten(engine::Embeddings& embeddings, int dimensions);
json::array rows_to_json(const engine::Embeddings& embeddings, std::size_t count);

}  // namespace fragua::api
