// LlamaModel: a GGUF loaded by llama.cpp, with its adapters. Callers: app/ hands load_llama_model to the engine host.
// Threads: construction on one; parts as Model says.
#pragma once
#include "engine/llama/handles.h"
#include "engine/llama/vocabulary.h"
#include "engine/model.h"

namespace fragua::engine {

// Error(corrupt | unsupported | overloaded) says why a file cannot be loaded.
std::unique_ptr<Model> load_llama_model(const LoadRequest& request, std::function<bool(float)> progress);

}  // namespace fragua::engine
