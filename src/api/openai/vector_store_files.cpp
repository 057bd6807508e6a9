// /v1/vector_stores/ID/files: the documents of a collection.
#include "api/openai/file_bodies.h"
#include "api/openai/file_objects.h"
#include "api/openai/file_routes.h"

namespace fragua::api::openai {

namespace {

constexpr std::int64_t kListMax = 100;

// Neither has a way to say that it is one of the others: what is not in this store is not found.
Task<documents::Document> require_file(Call& call) {
  auto& service = call.services.documents;
  auto found = co_await service.find_copy(call.user, bare_id(call.parameter("store")), bare_id(call.parameter("file")));
  if (!found) throw documents::not_found("file in this vector store");
  co_return co_await service.document(call.user, found->id);
}

bool has_status(const json::object& file, const std::string& wanted) { return wanted.empty() || string_member(file, "status") == wanted; }

}  // namespace

Task<> add_vector_store_file(Call& call) {
  auto& service = call.services.documents;
  const auto body = co_await call.body_as<VectorStoreFileBody>(Unknown::ignored);
  const auto collection = co_await service.collection(call.user, bare_id(call.parameter("store")));
  const auto received = co_await service.copy(call.user, bare_id(body.file_id), collection.id);
  auto answer = store_file_to_json(received.document, collection);
  answer["id"] = body.file_id;
  co_await call.reply(std::move(answer));
}

Task<> list_vector_store_files(Call& call) {
  const auto collection = co_await call.services.documents.collection(call.user, bare_id(call.parameter("store")));
  const auto found = co_await all_documents(call, collection.id);
  const auto status = call.query_text("filter");
  json::array items;
  for (const auto& document : found) {
    auto item = store_file_to_json(document, collection);
    if (has_status(item, status)) items.push_back(std::move(item));
  }
  const auto limit = call.query_integer("limit", 20);
  co_await call.reply(page_of(std::move(items), call.query_text("after"), limit, kListMax));
}

Task<> show_vector_store_file(Call& call) {
  const auto collection = co_await call.services.documents.collection(call.user, bare_id(call.parameter("store")));
  const auto document = co_await require_file(call);
  auto answer = store_file_to_json(document, collection);
  answer["id"] = call.parameter("file");
  co_await call.reply(std::move(answer));
}

Task<> vector_store_file_content(Call& call) {
  const auto document = co_await require_file(call);
  const auto chunks = co_await call.services.documents.text(call.user, document.id);
  json::array data;
  for (const auto& chunk : chunks) data.push_back(text_part(chunk.content));
  json::object answer;
  answer["object"] = "vector_store.file_content.page";
  answer["data"] = std::move(data);
  answer["has_more"] = false;
  answer["next_page"] = nullptr;
  co_await call.reply(std::move(answer));
}

Task<> delete_vector_store_file(Call& call) {
  const auto document = co_await require_file(call);
  co_await call.services.documents.remove_document(call.user, document.id);
  co_await call.reply(deleted(call.parameter("file"), "vector_store.file.deleted"));
}

}  // namespace fragua::api::openai
