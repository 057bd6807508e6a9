// /v1/vector_stores: collections.
#include <algorithm>

#include "api/openai/file_bodies.h"
#include "api/openai/file_objects.h"
#include "api/openai/file_routes.h"
#include "base/strings.h"

namespace fragua::api::openai {

namespace {

constexpr std::int64_t kListMax = 100;
constexpr std::size_t kFilesMax = 100;
constexpr std::int64_t kCharactersOfToken = 4;

// "Vector store 2" where there is a "Vector store" already: names of collections are unique, those of vector stores are not.
std::string free_name(const std::vector<documents::Collection>& collections, const std::string& wanted) {
  const auto is_taken = [&](const std::string& name) {
    return std::ranges::any_of(collections, [&](const auto& one) { return one.is_own && equal_ignoring_case(one.name, name); });
  };
  auto name = wanted;
  for (int number = 2; is_taken(name); ++number) name = wanted + " " + std::to_string(number);
  return name;
}

Task<json::object> described(Call& call, documents::Collection collection) {
  documents::DocumentQuery query;
  query.limit = 1;
  const auto contents = co_await call.services.documents.documents(call.user, collection.id, std::move(query));
  co_return store_to_json(collection, contents);
}

documents::NewCollection wanted_collection(const NewVectorStoreBody& body, const std::vector<documents::Collection>& known) {
  documents::NewCollection wanted;
  wanted.name = free_name(known, body.name.empty() ? "Vector store" : body.name);
  if (!body.chunking_strategy || !body.chunking_strategy->sizes) return wanted;
  wanted.chunk_characters = body.chunking_strategy->sizes->max_chunk_size_tokens * kCharactersOfToken;
  wanted.chunk_overlap = body.chunking_strategy->sizes->chunk_overlap_tokens * kCharactersOfToken;
  return wanted;
}

std::vector<std::string> queries_of(const json::value& query) {
  std::vector<std::string> queries;
  if (query.is_string()) queries.emplace_back(query.get_string());
  if (query.is_array())
    for (const auto& one : query.get_array()) queries.emplace_back(one.is_string() ? std::string(one.get_string()) : "");
  if (queries.empty() || std::ranges::any_of(queries, &std::string::empty)) body::fail("query", "a text or a list of texts");
  return queries;
}

json::object result_of(const documents::Passage& passage) {
  json::array content;
  content.push_back(text_part(passage.chunk.content));
  json::object o;
  o["file_id"] = file_id_in_store(passage.document);
  o["filename"] = passage.document.name;
  o["score"] = std::clamp(passage.score, 0.0, 1.0);
  o["attributes"] = json::object();
  o["content"] = std::move(content);
  return o;
}

}  // namespace

Task<> create_vector_store(Call& call) {
  auto& service = call.services.documents;
  const auto body = co_await call.body_as<NewVectorStoreBody>(Unknown::ignored);
  if (body.file_ids.size() > kFilesMax) body::fail("file_ids", "at most 100 ids");
  for (const auto& id : body.file_ids) co_await service.document(call.user, bare_id(id));
  const auto known = co_await service.collections(call.user);
  auto wanted = wanted_collection(body, known);
  auto made = co_await service.create(call.user, std::move(wanted));
  for (const auto& id : body.file_ids) co_await service.copy(call.user, bare_id(id), made.id);
  auto answer = co_await described(call, std::move(made));
  co_await call.reply(std::move(answer));
}

Task<> list_vector_stores(Call& call) {
  auto collections = co_await call.services.documents.collections(call.user);
  std::ranges::sort(collections, std::greater<>(), [](const auto& one) { return std::pair(one.created_at, one.number); });
  json::array items;
  for (const auto& collection : collections) {
    auto item = co_await described(call, collection);
    items.push_back(std::move(item));
  }
  const auto limit = call.query_integer("limit", 20);
  co_await call.reply(page_of(std::move(items), call.query_text("after"), limit, kListMax));
}

Task<> show_vector_store(Call& call) {
  auto found = co_await call.services.documents.collection(call.user, bare_id(call.parameter("store")));
  auto answer = co_await described(call, std::move(found));
  co_await call.reply(std::move(answer));
}

Task<> change_vector_store(Call& call) {
  auto body = co_await call.body_as<VectorStoreChangeBody>(Unknown::ignored);
  documents::CollectionChange change;
  change.name = std::move(body.name);
  auto changed = co_await call.services.documents.change(call.user, bare_id(call.parameter("store")), std::move(change));
  auto answer = co_await described(call, std::move(changed));
  co_await call.reply(std::move(answer));
}

Task<> delete_vector_store(Call& call) {
  co_await call.services.documents.remove(call.user, bare_id(call.parameter("store")));
  co_await call.reply(deleted(call.parameter("store"), "vector_store.deleted"));
}

Task<> search_vector_store(Call& call) {
  const auto body = co_await call.body_as<VectorStoreSearchBody>(Unknown::ignored);
  const auto queries = queries_of(body.query);
  documents::RetrievalQuery query;
  query.question = join(queries, " ");
  query.collections.push_back(bare_id(call.parameter("store")));
  query.limit = std::size_t(std::max<std::int64_t>(body.max_num_results, 0));
  const auto passages = co_await call.services.documents.retrieval().find(call.user, std::move(query));
  json::array data;
  for (const auto& passage : passages)
    if (passage.score >= body.ranking_options.score_threshold.value_or(0)) data.push_back(result_of(passage));
  json::object answer;
  answer["object"] = "vector_store.search_results.page";
  answer["search_query"] = json::value_from(queries);
  answer["data"] = std::move(data);
  answer["has_more"] = false;
  answer["next_page"] = nullptr;
  co_await call.reply(std::move(answer));
}

}  // namespace fragua::api::openai
