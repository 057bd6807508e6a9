// Collections, documents, passages and pages as clients read them. Callers: api/native, api/openai. Threads: pure.
// What belongs to the room alone (row numbers, other people's ids) stays there.
#pragma once
#include "base/json.h"
#include "documents/asking.h"
#include "documents/service.h"

namespace fragua::api::native {

json::object to_json(const documents::Collection& collection);
json::object to_json(const documents::Document& document);
json::object to_json(const documents::DocumentPage& page);
json::object to_json(const documents::Chunk& chunk);
json::object to_json(const documents::Page& page);
json::array to_json(const std::vector<documents::Box>& boxes);
json::array to_json(const std::vector<documents::Reader>& readers);
// With every rank and score.
json::object to_json(const documents::Passage& passage);
json::object to_json(const documents::Source& source);

}  // namespace fragua::api::native
