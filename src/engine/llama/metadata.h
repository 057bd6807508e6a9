// metadata: one value of a GGUF's metadata as text, through llama.cpp; empty where there is none. Callers: engine/llama only.
// Threads: any, the model is not changed. Never more than 255 bytes: it is for names and numbers, not for templates.
#pragma once
#include <llama.h>

#include <cstdlib>
#include <string>

namespace fragua::engine {

inline std::string metadata(const llama_model* model, const std::string& key) {
  char text[256];
  return llama_model_meta_val_str(model, key.c_str(), text, sizeof text) > 0 ? std::string(text) : std::string();
}

inline int metadata_number(const llama_model* model, const std::string& key, int otherwise) {
  const auto text = metadata(model, key);
  return text.empty() ? otherwise : std::atoi(text.c_str());
}

}  // namespace fragua::engine
