// Bodies of /v1/vector_stores. Callers: api/openai. Threads: plain data. Unknown fields are ignored, as the original does;
// what cannot be kept (metadata, attributes, an expiry) is among them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/body.h"

namespace fragua::api::openai {

struct StaticChunking {
  std::int64_t max_chunk_size_tokens = 0;
  std::int64_t chunk_overlap_tokens = 0;
};
template <class V>
void describe(V& field, StaticChunking& body) {
  field.required("max_chunk_size_tokens", body.max_chunk_size_tokens, "taken as four characters each");
  field.required("chunk_overlap_tokens", body.chunk_overlap_tokens, "taken as four characters each");
}

struct ChunkingStrategy {
  std::string type;
  std::optional<StaticChunking> sizes;
};
template <class V>
void describe(V& field, ChunkingStrategy& body) {
  field.required("type", body.type, "auto or static");
  field.optional("static", body.sizes);
}

struct NewVectorStoreBody {
  std::string name;
  std::vector<std::string> file_ids;
  std::optional<ChunkingStrategy> chunking_strategy;
};
template <class V>
void describe(V& field, NewVectorStoreBody& body) {
  field.optional("name", body.name, "of the collection; a number is added where one has it already");
  field.optional("file_ids", body.file_ids, "at most 100");
  field.optional("chunking_strategy", body.chunking_strategy);
}

struct VectorStoreChangeBody {
  std::optional<std::string> name;
};
template <class V>
void describe(V& field, VectorStoreChangeBody& body) {
  field.optional("name", body.name);
}

struct VectorStoreFileBody {
  std::string file_id;
};
template <class V>
void describe(V& field, VectorStoreFileBody& body) {
  field.required("file_id", body.file_id);
}

struct RankingOptions {
  std::optional<double> score_threshold;
};
template <class V>
void describe(V& field, RankingOptions& body) {
  field.optional("score_threshold", body.score_threshold, "0 to 1");
}

struct VectorStoreSearchBody {
  json::value query;
  std::int64_t max_num_results = 10;
  RankingOptions ranking_options;
};
template <class V>
void describe(V& field, VectorStoreSearchBody& body) {
  field.required("query", body.query, "a text or a list of texts");
  field.optional("max_num_results", body.max_num_results, "1 to 50");
  field.optional("ranking_options", body.ranking_options);
}

}  // namespace fragua::api::openai
