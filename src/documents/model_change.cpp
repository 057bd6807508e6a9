#include "documents/model_change.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/redirect_error.hpp>

#include "documents/chunk_repository.h"
#include "documents/chunker.h"
#include "documents/collection_repository.h"

namespace fragua::documents {

namespace {

constexpr std::chrono::seconds kInterval{60};        // what failed is tried again
constexpr std::int64_t kChunksOfAWrite = 32;

}  // namespace

Task<> ModelChange::work(ModelChange& self) {
  while (true) {
    auto changing = self.change_all();
    const auto [failed] = co_await asio::co_spawn(self.parts_.executor, std::move(changing), asio::as_tuple(asio::use_awaitable));
    if (failed) self.parts_.log.warn("collection.model_waits", {{"why", "the collections could not be read; it is tried again"}});
    self.bell_.expires_after(kInterval);
    boost::system::error_code ignored;
    co_await self.bell_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

Task<> ModelChange::change_all() {
  const auto look = [](db::Connection& connection) { return CollectionRepository(connection).changing_model(); };
  auto collections = co_await parts_.store.read(look);
  for (auto& collection : collections) {
    const auto id = collection.id, model = collection.next_embedding_model;
    auto changing = change(std::move(collection));
    const auto [failed] = co_await asio::co_spawn(parts_.executor, std::move(changing), asio::as_tuple(asio::use_awaitable));
    if (failed) parts_.log.warn("collection.model_waits", {{"collection", id}, {"model", model}, {"why", "the model does not answer; it is tried again"}});
  }
}

Task<> ModelChange::change(Collection collection) {
  const auto look = [number = collection.number, model = collection.next_embedding_model](db::Connection& connection) {
    return ChunkRepository(connection).without_vector(number, model, kChunksOfAWrite);
  };
  while (true) {
    const auto chunks = co_await parts_.store.read(look);
    if (chunks.empty()) break;
    std::vector<std::string> texts;
    for (const auto& found : chunks) texts.push_back(indexed_text(found.document.title, found.chunk));
    const auto vectors = co_await parts_.embedder.embed(collection.next_embedding_model, TextRole::passage, std::move(texts));
    const auto write = [&chunks, &vectors, &collection](db::Connection& connection) {
      ChunkRepository repository(connection);
      for (std::size_t i = 0; i < chunks.size(); ++i) repository.add_vector(chunks[i].chunk.number, collection.next_embedding_model, vectors[i]);
    };
    co_await parts_.store.write(write);
  }
  const auto finish = [&collection](db::Connection& connection) {
    // What came in meanwhile is done in the next round.
    if (!ChunkRepository(connection).without_vector(collection.number, collection.next_embedding_model, 1).empty()) return false;
    CollectionRepository(connection).finish_model_change(collection.number);
    return true;
  };
  if (co_await parts_.store.write(finish)) parts_.indexes.drop(collection.number);
  else wake();
}

}  // namespace fragua::documents
