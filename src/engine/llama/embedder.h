// LlamaEmbedder: vectors of texts, several short ones to a micro-batch, a long one alone: under one mask unrelated texts cost
// attention that is thrown away, and alone a short one leaves the cores idle.
// Callers: engine/host on the compute thread. Cancelled between micro-batches.
#pragma once
#include "engine/llama/handles.h"
#include "engine/model.h"

namespace fragua::engine {

class LlamaEmbedder : public Embedder {
 public:
  LlamaEmbedder(llama_model* model, int threads);
  ~LlamaEmbedder() override;
  std::size_t tokens_max() const override { return tokens_max_; }
  bool embed(const std::vector<std::vector<Token>>& inputs, std::vector<float>& out,
             const std::function<bool()>& should_stop) override;

 private:
  void compute(const std::vector<std::vector<Token>>& inputs, std::span<const std::size_t> group, float* out);

  std::size_t tokens_max_;
  std::size_t dimensions_;
  ContextHandle context_;
  llama_batch batch_;
};

}  // namespace fragua::engine
