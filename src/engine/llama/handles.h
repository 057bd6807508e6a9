// Owners of llama.cpp's objects: freed once, with their own function. Callers: engine/llama only. Threads: as the objects.
// Never make an object and never share one.
#pragma once
#include <llama.h>

#include <memory>

namespace fragua::engine {

struct FreeModel {
  void operator()(llama_model* model) const { llama_model_free(model); }
};
struct FreeContext {
  void operator()(llama_context* context) const { llama_free(context); }
};
struct FreeAdapter {
  void operator()(llama_adapter_lora* adapter) const { llama_adapter_lora_free(adapter); }
};

using ModelHandle = std::unique_ptr<llama_model, FreeModel>;
using ContextHandle = std::unique_ptr<llama_context, FreeContext>;
using AdapterHandle = std::unique_ptr<llama_adapter_lora, FreeAdapter>;

}  // namespace fragua::engine
