// Documents and collections as OpenAI's files and vector stores: ids, objects, lists. Callers: api/openai. Threads: pure.
// "file-ID" is a document, "vs_ID" a collection. A file in a vector store is a copy and keeps the id of what it is a copy of.
#pragma once
#include "base/json.h"
#include "documents/service.h"

namespace fragua::api::openai {

std::string file_id(const documents::Document& document);
std::string store_id(const documents::Collection& collection);
// The id without its prefix.
std::string bare_id(std::string_view id);
// Of a file in a store: of the document that it is a copy of, if it is one.
std::string file_id_in_store(const documents::Document& document);

json::object file_to_json(const documents::Document& document);
json::object store_to_json(const documents::Collection& collection, const documents::DocumentPage& contents);
json::object store_file_to_json(const documents::Document& document, const documents::Collection& collection);
json::object text_part(const std::string& text);
json::object deleted(const std::string& id, std::string_view object);

// `limit` items after the one with the id `after`; items have a member "id". Error(invalid_argument): no such limit.
json::object page_of(json::array items, const std::string& after, std::int64_t limit, std::int64_t limit_max);

}  // namespace fragua::api::openai
