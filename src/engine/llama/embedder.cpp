#include "engine/llama/embedder.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/error.h"
#include "engine/llama/metadata.h"

namespace fragua::engine {

namespace {

constexpr std::size_t kTokensMax = 8192;
constexpr std::size_t kGroupTokens = 64;    // short texts are computed together up to so many tokens
constexpr int kGroupTexts = 16;

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
  params.n_seq_max = kGroupTexts;
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

bool LlamaEmbedder::embed(const std::vector<std::vector<Token>>& inputs, std::vector<float>& out,
                          const std::function<bool()>& should_stop) {
  // The longest first: llama.cpp keeps a row of the whole vocabulary for every token of a text, and makes, clears and frees that
  // buffer again whenever a text is longer than all before.
  std::vector<std::size_t> order(inputs.size());
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return inputs[a].size() > inputs[b].size(); });
  const auto base = out.size();
  out.resize(base + inputs.size() * dimensions_);
  for (std::size_t first = 0; first < order.size();) {
    if (should_stop()) return false;
    std::size_t last = first, tokens = 0;
    while (last < order.size() && last - first < std::size_t(kGroupTexts) &&
           (last == first || tokens + inputs[order[last]].size() <= kGroupTokens))
      tokens += inputs[order[last++]].size();
    compute(inputs, std::span(order).subspan(first, last - first), out.data() + base);
    first = last;
  }
  return true;
}

void LlamaEmbedder::compute(const std::vector<std::vector<Token>>& inputs, std::span<const std::size_t> group, float* out) {
  if (auto* memory = llama_get_memory(context_.get())) llama_memory_clear(memory, false);
  batch_.n_tokens = 0;
  for (std::size_t sequence = 0; sequence < group.size(); ++sequence) {
    const auto& tokens = inputs[group[sequence]];
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
  for (std::size_t sequence = 0; sequence < group.size(); ++sequence) {
    const float* vector = llama_get_embeddings_seq(context_.get(), llama_seq_id(sequence));
    if (!vector) throw Error(ErrorCode::unsupported, "this model gives no pooled embeddings");
    normalise(vector, dimensions_, out + group[sequence] * dimensions_);
  }
}

}  // namespace fragua::engine
