// Retrieval: the passages of a person's collections that say most about a question: words (BM25) and meaning (vectors), fused, duplicates
// collapsed, neighbours joined. Each keeps its ranks and scores, for the inspector.
// Callers: asking, api/native. Threads: the loop's only. What the asker may not read is never looked at.
#pragma once
#include "db/store.h"
#include "documents/chunk_repository.h"
#include "documents/collection_repository.h"
#include "documents/embedder.h"
#include "documents/vector_indexes.h"
#include "search/fusion.h"

namespace fragua::documents {

constexpr std::size_t kPassagesMax = 50;
constexpr std::size_t kQuestionMaxBytes = 16 << 10;

struct RetrievalQuery {
  std::string question;
  std::vector<std::string> collections;   // ids; none: all that the asker may read
  std::size_t limit = 3;
  ChunkFilter filter;
};

struct Passage {
  Chunk chunk;                            // of joined neighbours: the first, with the text of all
  Document document;
  std::string collection;                 // name
  double score = 0;                       // fused; comparable only within one answer
  std::optional<search::Ranked> text;     // BM25
  std::optional<search::Ranked> vector;   // cosine
  std::optional<double> evidence;         // how much of the question stands close together, 0 to 1
};

struct RetrievalParts {
  db::Store& store;
  Embedder& embedder;
  VectorIndexes& indexes;
};

class Retrieval {
 public:
  explicit Retrieval(RetrievalParts parts) : parts_(parts) {}
  // Best first. Error(not_found): a collection is not there, or not theirs.
  Task<std::vector<Passage>> find(std::string user, RetrievalQuery query);

 private:
  RetrievalParts parts_;
};

// The first `limit`; passages of one document that follow each other become one, in the place of the better, and what both say is said once.
std::vector<Passage> join_neighbours(std::vector<Passage> passages, std::size_t limit);

}  // namespace fragua::documents
