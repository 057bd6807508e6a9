// LlamaProjector: makes a model see through llama.cpp's mtmd: an image's file becomes pixels and stand-in tokens on any
// thread; the compute thread encodes them and decodes the embeddings into the KV cache. Callers: engine/llama/model,
// preparer, scheduler. Abortable: between operations of the encoder and of the decoder. Never fetches anything and
// never reads a file's path.
#pragma once
#include "engine/llama/handles.h"
#include "engine/model.h"

struct mtmd_context;
struct ggml_tensor;

namespace fragua::engine {

class LlamaProjector : public Projector {
 public:
  // Error(unsupported) when the file is not one that fits the model.
  LlamaProjector(const std::string& path, const llama_model* model, int threads, bool use_gpu);
  Result<ImagePrompt> read(std::string_view file) const override;
  StepResult compute(const ImagePart& part, Context& context, int sequence, std::int32_t position) override;

  bool sees() const;
  // The least micro-batch that an image's part needs: those whose tokens see each other both ways are not divided. 0:
  // any.
  std::size_t micro_batch() const;

 private:
  struct Free {
    void operator()(mtmd_context* context) const;
  };
  static bool goes_on(ggml_tensor* tensor, bool asks, void* self);
  bool encode(const ImagePart& part);

  std::unique_ptr<mtmd_context, Free> mtmd_;
  std::function<bool()> should_abort_;  // while it encodes
  int operations_ = 0;
  bool aborted_ = false;
  std::shared_ptr<const void>
      encoded_;  // the pixels whose embeddings mtmd holds: a part that found no room is not encoded twice
};

}  // namespace fragua::engine
