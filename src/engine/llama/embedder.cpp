#include "engine/llama/embedder.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "engine/embed_batches.h"
#include "engine/llama/metadata.h"

namespace fragua::engine {

namespace {

constexpr std::size_t kTokensMax = 8192;

void normalise(const float* from, std::size_t count, float* to) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += double(from[i]) * from[i];
  const float scale = sum > 0 ? float(1 / std::sqrt(sum)) : 0;
  for (std::size_t i = 0; i < count; ++i) to[i] = from[i] * scale;
}

}  // namespace

LlamaEmbedder::LlamaEmbedder(llama_model* model, int threads)
    : tokens_max_(std::min<std::size_t>(std::size_t(llama_model_n_ctx_train(model)), kTokensMax)),
      dimensions_(std::size_t(llama_model_n_embd_out(model))) {
  auto params = llama_context_default_params();
  params.n_ctx = params.n_batch = params.n_ubatch = std::uint32_t(tokens_max_);
  params.n_seq_max = kEmbedBatchTexts;
  params.n_threads = params.n_threads_batch = threads;
  params.embeddings = true;
  params.kv_unified = true;
  params.no_perf = true;
  // An embedding model says how its tokens become one vector. A chat model does not: its last token has seen all the others.
  const auto pooling = metadata(model, metadata(model, "general.architecture") + ".pooling_type");
  if (pooling.empty() || pooling == "0") params.pooling_type = LLAMA_POOLING_TYPE_LAST;
  context_.reset(llama_init_from_model(model, params));
  if (!context_) throw Error(ErrorCode::overloaded, "not enough memory for an embedding context");
  // Its output has one score, not as many numbers as the model is wide.
  if (llama_pooling_type(context_.get()) == LLAMA_POOLING_TYPE_RANK) throw Error(ErrorCode::unsupported, "this model ranks texts; it makes no embeddings");
  batch_ = llama_batch_init(int(tokens_max_), 0, 1);
}

LlamaEmbedder::~LlamaEmbedder() { llama_batch_free(batch_); }

void LlamaEmbedder::embed(const std::vector<std::vector<Token>>& texts, std::span<const std::size_t> batch, float* out) {
  if (auto* memory = llama_get_memory(context_.get())) llama_memory_clear(memory, false);
  batch_.n_tokens = 0;
  for (std::size_t sequence = 0; sequence < batch.size(); ++sequence) {
    const auto& tokens = texts[batch[sequence]];
    if (tokens.empty()) throw Error(ErrorCode::invalid_argument, "an input to embed is empty");
    for (std::size_t position = 0; position < tokens.size(); ++position) {
      const auto i = batch_.n_tokens++;
      batch_.token[i] = tokens[position];
      batch_.pos[i] = llama_pos(position);
      batch_.n_seq_id[i] = 1;
      batch_.seq_id[i][0] = llama_seq_id(sequence);
      batch_.logits[i] = 1;
    }
  }
  if (llama_decode(context_.get(), batch_) != 0) throw Error(ErrorCode::internal, "the embedding could not be computed");
  for (std::size_t sequence = 0; sequence < batch.size(); ++sequence) {
    const float* vector = llama_get_embeddings_seq(context_.get(), llama_seq_id(sequence));
    if (!vector) throw Error(ErrorCode::unsupported, "this model gives no pooled embeddings");
    normalise(vector, dimensions_, out + batch[sequence] * dimensions_);
  }
}

}  // namespace fragua::engine
