// Routes of OpenAI's files and vector stores, on documents and collections. Callers: api/openai/routes. Threads: the loop's only.
// Uploads go to the caller's collection "Files"; a vector store is a collection, and what is put into it is a copy there.
#pragma once
#include "api/call.h"
#include "documents/service.h"

namespace fragua::api::openai {

void add_file_routes(Routes& routes);

// files.cpp
Task<> upload_file(Call& call);
Task<> list_files(Call& call);
Task<> show_file(Call& call);
Task<> file_content(Call& call);
Task<> delete_file(Call& call);
// vector_stores.cpp
Task<> create_vector_store(Call& call);
Task<> list_vector_stores(Call& call);
Task<> show_vector_store(Call& call);
Task<> change_vector_store(Call& call);
Task<> delete_vector_store(Call& call);
Task<> search_vector_store(Call& call);
// vector_store_files.cpp
Task<> add_vector_store_file(Call& call);
Task<> list_vector_store_files(Call& call);
Task<> show_vector_store_file(Call& call);
Task<> vector_store_file_content(Call& call);
Task<> delete_vector_store_file(Call& call);

// All of a collection, the newest first; at most 10,000.
Task<std::vector<documents::Document>> all_documents(Call& call, std::string collection);

}  // namespace fragua::api::openai
