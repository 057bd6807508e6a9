// ChunkRepository: the SQL of chunks, their terms and their vectors. Callers: documents/ services.
// Threads: inside a db::Database transaction. What belongs to a document that is not indexed is never found.
#pragma once
#include <span>

#include "db/database.h"
#include "documents/document.h"

namespace fragua::documents {

// A chunk on its way into the index.
struct NewChunk {
  Chunk chunk;
  std::string hash;                       // of what is embedded
  std::string terms;
  std::vector<float> vector;              // of unit length
};

// A chunk with what an answer needs to name it.
struct FoundChunk {
  Chunk chunk;
  std::string hash;
  Document document;
};

struct StoredVector {
  std::int64_t chunk = 0;
  std::vector<float> vector;
};

struct TextHit {
  std::int64_t chunk = 0;
  double score = 0;                       // BM25, higher is better
};

// What is absent does not filter.
struct ChunkFilter {
  std::vector<std::string> documents;     // ids
  std::vector<std::string> formats;
  std::optional<std::int64_t> since;      // received, ms
  std::optional<std::int64_t> until;
  bool empty() const { return documents.empty() && formats.empty() && !since && !until; }
};

class ChunkRepository {
 public:
  explicit ChunkRepository(db::Connection& connection) : db_(connection) {}

  void add(const Document& document, const std::string& model, const std::vector<NewChunk>& chunks);
  void add_vector(std::int64_t chunk, const std::string& model, std::span<const float> vector);
  // Of an indexed chunk of the collection with that hash.
  std::optional<std::vector<float>> find_vector(std::int64_t collection, const std::string& model, const std::string& hash);

  // `match`: an expression of search/analysis.h, not empty.
  std::vector<TextHit> match(std::int64_t collection, const std::string& match, std::int64_t limit);
  std::int64_t count_vectors(std::int64_t collection, const std::string& model);
  std::vector<StoredVector> vectors_of_document(std::int64_t document, const std::string& model);
  std::vector<std::int64_t> chunks_of_document(std::int64_t document);
  // Chunks of the collection without a vector of that model, with the texts to embed (title and heading before the content).
  std::vector<FoundChunk> without_vector(std::int64_t collection, const std::string& model, std::int64_t limit);

  // Which of these pass.
  std::vector<std::int64_t> filtered(std::int64_t collection, const ChunkFilter& filter);
  std::optional<FoundChunk> find(std::int64_t chunk);
  std::optional<Chunk> at(std::int64_t document, std::int64_t position);
  std::vector<Chunk> of_document(std::int64_t document);

 private:
  db::Connection& db_;
};

// As one word of the text index.
std::string collection_word(std::int64_t collection);

}  // namespace fragua::documents
