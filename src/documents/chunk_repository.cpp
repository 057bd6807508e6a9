#include "documents/chunk_repository.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/json.h"
#include "base/strings.h"
#include "documents/document_repository.h"

namespace fragua::documents {

namespace {

static_assert(std::endian::native == std::endian::little, "vectors are stored as they lie in memory");

db::Blob pack(std::span<const float> vector) {
  return {std::string(reinterpret_cast<const char*>(vector.data()), vector.size_bytes())};
}

std::vector<float> unpack(const std::string& bytes) {
  std::vector<float> vector(bytes.size() / sizeof(float));
  if (!vector.empty()) std::memcpy(vector.data(), bytes.data(), vector.size() * sizeof(float));
  return vector;
}

std::vector<StoredVector> read_vectors(const db::Rows& rows) {
  std::vector<StoredVector> vectors;
  vectors.reserve(rows.size());
  for (const auto& row : rows) vectors.push_back({row.integer(0), unpack(row.text(1))});
  return vectors;
}

Chunk read_chunk(const db::Row& row) {
  Chunk chunk;
  chunk.number = row.integer(0);
  chunk.position = row.integer(1);
  chunk.page = row.integer(2);
  chunk.page_end = row.integer(3);
  chunk.heading = row.text(4);
  chunk.content = row.text(5);
  return chunk;
}

std::vector<std::int64_t> read_numbers(const db::Rows& rows) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(rows.size());
  for (const auto& row : rows) numbers.push_back(row.integer(0));
  return numbers;
}

}  // namespace

std::string collection_word(std::int64_t collection) { return "c" + std::to_string(collection); }

namespace {

// An expression of the text index, bound as a value.
std::string in_collection(std::int64_t collection, const std::string& match) {
  return join({"collection :", collection_word(collection), "AND terms : (", match, ")"}, " ");
}

}  // namespace

void ChunkRepository::add(const Document& document, const std::string& model, const std::vector<NewChunk>& chunks) {
  for (const auto& added : chunks) {
    const auto& c = added.chunk;
    const auto number = db_.query("INSERT INTO chunks (document_number, position, page, page_end, hash, heading, content)"
                                  " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING number",
                                  {document.number, c.position, c.page, c.page_end, added.hash, c.heading, c.content})
                            .front()
                            .integer(0);
    db_.execute("INSERT INTO chunk_terms (rowid, collection, terms) VALUES ($1, $2, $3)",
                {number, collection_word(document.collection_number), added.terms});
    add_vector(number, model, added.vector);
  }
}

void ChunkRepository::add_vector(std::int64_t chunk, const std::string& model, std::span<const float> vector) {
  db_.execute("INSERT INTO chunk_vectors (chunk_number, model, vector) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", {chunk, model, pack(vector)});
}

std::optional<std::vector<float>> ChunkRepository::find_vector(std::int64_t collection, const std::string& model, const std::string& hash) {
  const auto rows = db_.query(
      "SELECT v.vector FROM chunks c JOIN documents d ON d.number = c.document_number JOIN chunk_vectors v ON v.chunk_number = c.number"
      " WHERE c.hash = $3 AND d.collection_number = $1 AND d.state = 'indexed' AND v.model = $2 LIMIT 1",
      {collection, model, hash});
  if (rows.empty()) return std::nullopt;
  return unpack(rows.front().text(0));
}

std::vector<TextHit> ChunkRepository::match(std::int64_t collection, const std::string& match, std::int64_t limit) {
  const auto rows = db_.query(
      "SELECT t.rowid, t.score FROM (SELECT rowid, bm25(chunk_terms, 0.0, 1.0) AS score FROM chunk_terms WHERE chunk_terms MATCH $2"
      " ORDER BY score LIMIT $3 * 2) t JOIN chunks c ON c.number = t.rowid JOIN documents d ON d.number = c.document_number"
      " WHERE d.state = 'indexed' AND d.collection_number = $1 ORDER BY t.score LIMIT $3",
      {collection, in_collection(collection, match), limit});
  std::vector<TextHit> hits;
  for (const auto& row : rows) hits.push_back({row.integer(0), -row.real(1)});
  return hits;
}

std::int64_t ChunkRepository::count_vectors(std::int64_t collection, const std::string& model) {
  return db_.query("SELECT count(*) FROM documents d JOIN chunks c ON c.document_number = d.number JOIN chunk_vectors v ON v.chunk_number = c.number"
                   " WHERE d.collection_number = $1 AND d.state = 'indexed' AND v.model = $2",
                   {collection, model})
      .front()
      .integer(0);
}

std::vector<StoredVector> ChunkRepository::vectors_of_document(std::int64_t document, const std::string& model) {
  return read_vectors(db_.query("SELECT v.chunk_number, v.vector FROM chunks c JOIN chunk_vectors v ON v.chunk_number = c.number"
                                " WHERE c.document_number = $1 AND v.model = $2",
                                {document, model}));
}

std::vector<std::int64_t> ChunkRepository::chunks_of_document(std::int64_t document) {
  return read_numbers(db_.query("SELECT number FROM chunks WHERE document_number = $1", {document}));
}

std::vector<FoundChunk> ChunkRepository::without_vector(std::int64_t collection, const std::string& model, std::int64_t limit) {
  const auto rows = db_.query(
      "SELECT c.number, c.position, c.page, c.page_end, c.heading, c.content, d.title FROM documents d JOIN chunks c ON c.document_number = d.number"
      " WHERE d.collection_number = $1 AND d.state = 'indexed'"
      " AND NOT EXISTS (SELECT 1 FROM chunk_vectors v WHERE v.chunk_number = c.number AND v.model = $2) ORDER BY c.number LIMIT $3",
      {collection, model, limit});
  std::vector<FoundChunk> found;
  for (const auto& row : rows) {
    found.push_back({.chunk = read_chunk(row), .hash = "", .document = {}});
    found.back().document.title = row.text(6);
  }
  return found;
}

std::vector<std::int64_t> ChunkRepository::filtered(std::int64_t collection, const ChunkFilter& filter) {
  return read_numbers(db_.query(
      "SELECT c.number FROM documents d JOIN chunks c ON c.document_number = d.number WHERE d.collection_number = $1 AND d.state = 'indexed'"
      " AND ($2 = '[]' OR d.id IN (SELECT value FROM json_each($2))) AND ($3 = '[]' OR d.format IN (SELECT value FROM json_each($3)))"
      " AND d.created_at >= coalesce($4, 0) AND ($5 IS NULL OR d.created_at <= $5)",
      {collection, to_json(json::value_from(filter.documents)), to_json(json::value_from(filter.formats)), db::or_null(filter.since),
       db::or_null(filter.until)}));
}

std::optional<FoundChunk> ChunkRepository::find(std::int64_t chunk) {
  const auto rows = db_.query("SELECT number, position, page, page_end, heading, content, hash, document_number FROM chunks WHERE number = $1", {chunk});
  if (rows.empty()) return std::nullopt;
  auto document = DocumentRepository(db_).find_by_number(rows.front().integer(7));
  if (!document || document->state != state::kIndexed) return std::nullopt;
  return FoundChunk{read_chunk(rows.front()), rows.front().text(6), std::move(*document)};
}

std::optional<Chunk> ChunkRepository::at(std::int64_t document, std::int64_t position) {
  const auto rows = db_.query("SELECT number, position, page, page_end, heading, content FROM chunks WHERE document_number = $1 AND position = $2",
                              {document, position});
  if (rows.empty()) return std::nullopt;
  return read_chunk(rows.front());
}

std::vector<Chunk> ChunkRepository::of_document(std::int64_t document) {
  std::vector<Chunk> chunks;
  for (const auto& row :
       db_.query("SELECT number, position, page, page_end, heading, content FROM chunks WHERE document_number = $1 ORDER BY position", {document}))
    chunks.push_back(read_chunk(row));
  return chunks;
}

}  // namespace fragua::documents
