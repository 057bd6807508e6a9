// LlamaContext: llama.cpp's KV cache and compute behind Context: one unified cache, so that sharing a prefix is metadata only.
// Callers: scheduler, on the compute thread. should_abort is asked by ggml between operations.
#pragma once
#include "engine/llama/memory.h"
#include "engine/model.h"

namespace fragua::engine {

struct LlamaContextOptions {
  llama_model* model = nullptr;
  std::vector<llama_adapter_lora*> adapters;
  int threads = 1;
  llama_flash_attn_type flash_attention = LLAMA_FLASH_ATTN_TYPE_AUTO;
  std::size_t micro_batch = 512;
  std::size_t image_batch = 0;         // larger, where an image must not be divided
  std::function<bool()> should_abort;
};

class LlamaContext : public Context {
 public:
  LlamaContext(LlamaContextOptions options, ContextLimits& limits);
  ~LlamaContext() override;
  StepResult decode(std::span<const BatchToken> batch) override;
  std::span<float> logits(std::size_t index) override;
  void share(int from, int to, std::size_t count) override;
  bool truncate(int sequence, std::size_t keep) override;
  std::vector<int> grow(std::size_t cells, std::span<const int> keep) override;
  std::string state_of(int sequence) override;
  bool set_state(int sequence, const std::string& state) override;
  void save(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) override;
  bool restore(int sequence, std::span<const Token> tokens, const std::filesystem::path& file) override;
  void set_threads(int threads) override;
  std::uint64_t gpu_bytes() const override { return engine::gpu_bytes(context_.get()); }

  // For the projector, which decodes images into it; another after grow.
  llama_context* handle() { return context_.get(); }
  const std::function<bool()>& should_abort() const { return options_.should_abort; }

 private:
  ContextHandle make(std::size_t cells);      // null: there is not enough memory
  llama_memory_t memory() { return llama_get_memory(context_.get()); }

  LlamaContextOptions options_;
  ContextLimits& limits_;
  ContextHandle context_;
  llama_batch batch_;
  int vocabulary_size_;
};

}  // namespace fragua::engine
