#include "api/openai/file_routes.h"

#include "api/openai/file_bodies.h"

namespace fragua::api::openai {

namespace {

using http::Method;
using Schema = json::object (*)();

constexpr std::uint64_t kUploadBody = documents::kFileMaxBytes + (1 << 20);
constexpr std::string_view kFiles = "/v1/files";
constexpr std::string_view kFile = "/v1/files/:file";
constexpr std::string_view kStores = "/v1/vector_stores";
constexpr std::string_view kStore = "/v1/vector_stores/:store";
constexpr std::string_view kStoreFiles = "/v1/vector_stores/:store/files";
constexpr std::string_view kStoreFile = "/v1/vector_stores/:store/files/:file";

struct What {
  Method method;
  std::string_view path;
  Handler handler;
  std::string_view summary;
};
void add(Routes& routes, const What& what, std::uint64_t body_max_bytes = 0, Schema schema = nullptr) {
  routes.push_back({what.method, what.path, Scope::documents, Dialect::openai, body_max_bytes, what.handler, schema, Answer::json, what.summary});
}

}  // namespace

void add_file_routes(Routes& routes) {
  add(routes, {Method::post, kFiles, upload_file, "Hands in a document: multipart/form-data with file and purpose"}, kUploadBody);
  add(routes, {Method::get, kFiles, list_files, "The documents of the collection \"Files\", the newest first"});
  add(routes, {Method::get, kFile, show_file, "One document"});
  add(routes, {Method::delete_, kFile, delete_file, "Deletes it, and its copies in vector stores"});
  routes.push_back({Method::get, "/v1/files/:file/content", Scope::documents, Dialect::openai, 0, file_content, nullptr, Answer::text, "The file as it came"});
  add(routes, {Method::post, kStores, create_vector_store, "A new collection"}, kSmallBody, schema_of<NewVectorStoreBody>);
  add(routes, {Method::get, kStores, list_vector_stores, "Collections that one may read, the newest first"});
  add(routes, {Method::get, kStore, show_vector_store, "One collection"});
  add(routes, {Method::post, kStore, change_vector_store, "Changes its name"}, kSmallBody, schema_of<VectorStoreChangeBody>);
  add(routes, {Method::delete_, kStore, delete_vector_store, "Deletes it with its documents"});
  add(routes, {Method::post, "/v1/vector_stores/:store/search", search_vector_store, "The passages that say most about a question"}, kSmallBody,
      schema_of<VectorStoreSearchBody>);
  add(routes, {Method::post, kStoreFiles, add_vector_store_file, "Puts a copy of a file into it"}, kSmallBody, schema_of<VectorStoreFileBody>);
  add(routes, {Method::get, kStoreFiles, list_vector_store_files, "Its documents, the newest first"});
  add(routes, {Method::get, kStoreFile, show_vector_store_file, "One of its documents: its state"});
  add(routes, {Method::delete_, kStoreFile, delete_vector_store_file, "Takes it out; the file stays"});
  add(routes, {Method::get, "/v1/vector_stores/:store/files/:file/content", vector_store_file_content, "What was read of it"});
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
