#include "documents/retrieval.h"

#include <algorithm>
#include <map>

#include "documents/chunker.h"
#include "search/analysis.h"
#include "search/evidence.h"

namespace fragua::documents {

namespace {

constexpr std::size_t kCandidates = 50;   // of each list, before they are fused
constexpr std::size_t kSpare = 4;         // so many times what is asked for is looked at: duplicates and neighbours fall together

using Allowed = std::shared_ptr<const std::unordered_set<std::int64_t>>;

std::vector<Collection> read_collections(db::Connection& connection, const std::string& user, const std::vector<std::string>& ids) {
  CollectionRepository repository(connection);
  if (ids.empty()) return repository.list(user);
  std::vector<Collection> collections;
  for (const auto& id : ids) collections.push_back(repository.require(user, id));
  return collections;
}

// Nothing: all of the collection's chunks.
Allowed read_allowed(db::Connection& connection, std::int64_t collection, const ChunkFilter& filter) {
  if (filter.empty()) return nullptr;
  const auto numbers = ChunkRepository(connection).filtered(collection, filter);
  return std::make_shared<std::unordered_set<std::int64_t>>(numbers.begin(), numbers.end());
}

// Where to look: the collections, and of each the chunks that pass the filter.
struct Scope {
  std::vector<Collection> collections;
  std::vector<Allowed> allowed;
};

Scope read_scope(db::Connection& connection, const std::string& user, const RetrievalQuery& query) {
  Scope scope{read_collections(connection, user, query.collections), {}};
  for (const auto& collection : scope.collections) scope.allowed.push_back(read_allowed(connection, collection.number, query.filter));
  return scope;
}

void keep_best(std::vector<search::Hit>& hits) {
  std::sort(hits.begin(), hits.end(), [](const search::Hit& a, const search::Hit& b) { return a.score > b.score || (a.score == b.score && a.id < b.id); });
  if (hits.size() > kCandidates) hits.resize(kCandidates);
}

std::vector<search::Hit> match_all(db::Connection& connection, const Scope& scope, const std::string& match) {
  std::vector<search::Hit> hits;
  if (match.empty()) return hits;
  for (std::size_t i = 0; i < scope.collections.size(); ++i)
    for (const auto& hit : ChunkRepository(connection).match(scope.collections[i].number, match, kCandidates))
      if (!scope.allowed[i] || scope.allowed[i]->contains(hit.chunk)) hits.push_back({hit.chunk, hit.score});
  keep_best(hits);
  return hits;
}

using Found = std::map<std::int64_t, FoundChunk>;

// The chunks of the best hits; hits that say what a better one says already go.
Found read_chunks(db::Connection& connection, std::vector<search::FusedHit>& hits, std::size_t limit) {
  Found chunks;
  std::unordered_set<std::string> seen;
  std::vector<search::FusedHit> kept;
  for (const auto& hit : hits) {
    if (kept.size() >= limit) break;
    auto found = ChunkRepository(connection).find(hit.id);
    if (!found || !seen.insert(found->hash).second) continue;
    chunks.emplace(hit.id, std::move(*found));
    kept.push_back(hit);
  }
  hits = std::move(kept);
  return chunks;
}

void weigh(std::vector<search::FusedHit>& hits, const Found& chunks, const std::string& question) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(hits.size(), search::kEvidencePassages); ++i) {
    const auto& found = chunks.at(hits[i].id);
    texts.push_back(indexed_text(found.document.title, found.chunk));
  }
  search::weigh_evidence(hits, search::evidence(question, texts), {});
}

std::vector<Passage> to_passages(const std::vector<search::FusedHit>& hits, Found chunks, const std::vector<Collection>& collections) {
  std::map<std::int64_t, std::string> names;
  for (const auto& collection : collections) names[collection.number] = collection.name;
  std::vector<Passage> passages;
  for (const auto& hit : hits) {
    auto& found = chunks.at(hit.id);
    auto name = names[found.document.collection_number];
    passages.push_back({std::move(found.chunk), std::move(found.document), std::move(name), hit.score, hit.text, hit.vector, hit.evidence});
  }
  return passages;
}

// How much of `later` the end of `earlier` says already.
std::size_t overlap_of(std::string_view earlier, std::string_view later) {
  for (auto length = std::min({earlier.size(), later.size(), std::size_t(2 * kChunkOverlap)}); length > 0; --length)
    if (earlier.ends_with(later.substr(0, length))) return length;
  return 0;
}

void join(Passage& first, const Passage& second) {
  auto& content = first.chunk.content;
  const auto overlap = overlap_of(content, second.chunk.content);
  if (overlap == 0) content += "\n\n";
  content += std::string_view(second.chunk.content).substr(overlap);
  first.chunk.page_end = std::max(first.chunk.page_end, second.chunk.page_end);
}

}  // namespace

Task<std::vector<Passage>> Retrieval::find(std::string user, RetrievalQuery query) {
  if (query.question.size() > kQuestionMaxBytes) throw Error(ErrorCode::too_large, "\"question\" must be at most 16 KiB");
  if (query.limit < 1 || query.limit > kPassagesMax) throw Error(ErrorCode::invalid_argument, "\"limit\" must be between 1 and 50");
  const auto read = [user, query](db::Connection& connection) { return read_scope(connection, user, query); };
  const auto scope = co_await parts_.store.read(read);

  std::map<std::string, std::vector<float>> questions;     // by model
  std::vector<search::Hit> vector_hits;
  for (std::size_t i = 0; i < scope.collections.size(); ++i) {
    const auto& collection = scope.collections[i];
    if (collection.chunks == 0) continue;
    auto& question = questions[collection.embedding_model];
    if (question.empty()) {
      std::vector<std::string> texts{query.question};
      question = (co_await parts_.embedder.embed(collection.embedding_model, TextRole::question, std::move(texts))).front();
    }
    const auto hits = co_await parts_.indexes.search(collection.number, collection.embedding_model, question, kCandidates, scope.allowed[i]);
    vector_hits.insert(vector_hits.end(), hits.begin(), hits.end());
  }
  keep_best(vector_hits);
  const auto finish = [scope, query, vector_hits](db::Connection& connection) {
    const auto text_hits = match_all(connection, scope, search::match_expression(query.question));
    auto hits = search::fuse(text_hits, vector_hits, {});
    auto chunks = read_chunks(connection, hits, std::max(query.limit * kSpare, search::kEvidencePassages));
    weigh(hits, chunks, query.question);
    return to_passages(hits, std::move(chunks), scope.collections);
  };
  auto passages = join_neighbours(co_await parts_.store.read(finish), query.limit);
  co_return passages;
}

std::vector<Passage> join_neighbours(std::vector<Passage> passages, std::size_t limit) {
  std::vector<Passage> joined;
  for (auto& passage : passages) {
    if (joined.size() >= limit) break;
    const auto follows = [&](const Passage& other) {
      return other.document.number == passage.document.number && std::abs(other.chunk.position - passage.chunk.position) == 1;
    };
    const auto neighbour = std::find_if(joined.begin(), joined.end(), follows);
    if (neighbour == joined.end()) {
      joined.push_back(std::move(passage));
      continue;
    }
    if (neighbour->chunk.position > passage.chunk.position) std::swap(neighbour->chunk, passage.chunk);
    join(*neighbour, passage);
  }
  return joined;
}

}  // namespace fragua::documents
