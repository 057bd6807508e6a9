// /api/v1/collections: whose documents, and who may read them.
#include "api/native/document_bodies.h"
#include "api/native/document_json.h"
#include "api/native/document_routes.h"

namespace fragua::api::native {

namespace {

json::object list_of(const std::vector<documents::Reader>& readers) {
  json::object answer;
  answer["readers"] = to_json(readers);
  return answer;
}

}  // namespace

Task<> list_collections(Call& call) {
  const auto collections = co_await call.services.documents.collections(call.user);
  json::array list;
  for (const auto& collection : collections) list.push_back(to_json(collection));
  json::object answer;
  answer["collections"] = std::move(list);
  co_await call.reply(std::move(answer));
}

Task<> create_collection(Call& call) {
  auto body = co_await call.body_as<NewCollectionBody>(Unknown::refused);
  documents::NewCollection wanted;
  wanted.name = std::move(body.name);
  wanted.embedding_model = std::move(body.embedding_model);
  wanted.chunk_characters = body.chunk_characters;
  wanted.chunk_overlap = body.chunk_overlap;
  wanted.prompt = std::move(body.prompt);
  const auto made = co_await call.services.documents.create(call.user, std::move(wanted));
  co_await call.reply(to_json(made), 201);
}

Task<> show_collection(Call& call) {
  const auto found = co_await call.services.documents.collection(call.user, call.parameter("id"));
  co_await call.reply(to_json(found));
}

Task<> change_collection(Call& call) {
  auto body = co_await call.body_as<CollectionChangeBody>(Unknown::refused);
  documents::CollectionChange change;
  change.name = std::move(body.name);
  change.next_embedding_model = std::move(body.embedding_model);
  change.chunk_characters = body.chunk_characters;
  change.chunk_overlap = body.chunk_overlap;
  change.prompt = std::move(body.prompt);
  const auto changed = co_await call.services.documents.change(call.user, call.parameter("id"), std::move(change));
  co_await call.reply(to_json(changed));
}

Task<> remove_collection(Call& call) {
  co_await call.services.documents.remove(call.user, call.parameter("id"));
  co_await call.reply_empty(204);
}

Task<> list_readers(Call& call) {
  const auto readers = co_await call.services.documents.readers(call.user, call.parameter("id"));
  co_await call.reply(list_of(readers));
}

Task<> set_readers(Call& call) {
  auto body = co_await call.body_as<ReadersBody>(Unknown::refused);
  std::vector<documents::Reader> wanted;
  for (auto& reader : body.readers) wanted.push_back({std::move(reader.kind), std::move(reader.id), std::move(reader.name)});
  const auto readers = co_await call.services.documents.set_readers(call.user, call.parameter("id"), std::move(wanted));
  co_await call.reply(list_of(readers));
}

}  // namespace fragua::api::native
