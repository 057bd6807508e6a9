#include "api/openai/file_routes.h"

#include "api/openai/file_bodies.h"
#include "api/route_group.h"

namespace fragua::api::openai {

namespace {

using http::Method;

constexpr std::uint64_t kUploadBody = documents::kFileMaxBytes + (1 << 20);
constexpr std::string_view kFiles = "/v1/files";
constexpr std::string_view kFile = "/v1/files/:file";
constexpr std::string_view kStores = "/v1/vector_stores";
constexpr std::string_view kStore = "/v1/vector_stores/:store";
constexpr std::string_view kStoreFiles = "/v1/vector_stores/:store/files";
constexpr std::string_view kStoreFile = "/v1/vector_stores/:store/files/:file";

}  // namespace

void add_file_routes(Routes& routes) {
  RouteGroup group(routes, Scope::documents, Dialect::openai);
  group.add({Method::post, kFiles, upload_file, Answer::json, "Hands in a document: multipart/form-data with file and purpose"}, kUploadBody);
  group.add({Method::get, kFiles, list_files, Answer::json, "The documents of the collection \"Files\", the newest first"});
  group.add({Method::get, kFile, show_file, Answer::json, "One document"});
  group.add({Method::delete_, kFile, delete_file, Answer::json, "Deletes it, and its copies in vector stores"});
  group.add({Method::get, "/v1/files/:file/content", file_content, Answer::text, "The file as it came"});
  group.add({Method::post, kStores, create_vector_store, Answer::json, "A new collection"}, kSmallBody, schema_of<NewVectorStoreBody>);
  group.add({Method::get, kStores, list_vector_stores, Answer::json, "Collections that one may read, the newest first"});
  group.add({Method::get, kStore, show_vector_store, Answer::json, "One collection"});
  group.add({Method::post, kStore, change_vector_store, Answer::json, "Changes its name"}, kSmallBody, schema_of<VectorStoreChangeBody>);
  group.add({Method::delete_, kStore, delete_vector_store, Answer::json, "Deletes it with its documents"});
  group.add({Method::post, "/v1/vector_stores/:store/search", search_vector_store, Answer::json, "The passages that say most about a question"}, kSmallBody,
      schema_of<VectorStoreSearchBody>);
  group.add({Method::post, kStoreFiles, add_vector_store_file, Answer::json, "Puts a copy of a file into it"}, kSmallBody, schema_of<VectorStoreFileBody>);
  group.add({Method::get, kStoreFiles, list_vector_store_files, Answer::json, "Its documents, the newest first"});
  group.add({Method::get, kStoreFile, show_vector_store_file, Answer::json, "One of its documents: its state"});
  group.add({Method::delete_, kStoreFile, delete_vector_store_file, Answer::json, "Takes it out; the file stays"});
  group.add({Method::get, "/v1/vector_stores/:store/files/:file/content", vector_store_file_content, Answer::json, "What was read of it"});
}

Task<std::vector<documents::Document>> all_documents(Call& call, std::string collection) {
  constexpr std::size_t kDocumentsMax = 10'000;
  std::vector<documents::Document> all;
  documents::DocumentQuery query;
  query.limit = 200;
  do {
    auto page = co_await call.services.documents.documents(call.user, collection, query);
    all.insert(all.end(), std::make_move_iterator(page.documents.begin()), std::make_move_iterator(page.documents.end()));
    query.before = page.next_before;
  } while (query.before != 0 && all.size() < kDocumentsMax);
  co_return all;
}

}  // namespace fragua::api::openai
