// LlamaEmbedder: vectors of texts, one micro-batch at a time. Callers: engine/host. Threads: the compute thread's.
// An embedding model pools as it says; a chat model gives what its last token has seen.
#pragma once
#include "engine/llama/memory.h"
#include "engine/model.h"

namespace fragua::engine {

class LlamaEmbedder : public Embedder {
 public:
  LlamaEmbedder(llama_model* model, int threads);
  ~LlamaEmbedder() override;
  std::size_t tokens_max() const override { return tokens_max_; }
  std::size_t dimensions() const override { return dimensions_; }
  void embed(const std::vector<std::vector<Token>>& texts, std::span<const std::size_t> batch, float* out) override;
  std::uint64_t gpu_bytes() const override { return engine::gpu_bytes(context_.get()); }

 private:
  std::size_t tokens_max_;
  std::size_t dimensions_;
  ContextHandle context_;
  llama_batch batch_;
};

}  // namespace fragua::engine
