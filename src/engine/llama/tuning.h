// Tuning: which way of computing attention is the faster one for a model's shape on this machine. Measured once, when a model of it is first
// loaded (a second or less), and remembered as a small JSON file in the cache folder; `fragua config --explain` shows the files.
// Callers: engine/llama/model. Threads: the caller's. Without a folder it measures each time. For models on the CPU only.
#pragma once
#include <cstddef>
#include <filesystem>
#include <string>

#include "engine/llama/handles.h"

namespace fragua::engine {

struct TuningRequest {
  const llama_model* model = nullptr;
  std::string name;                       // of the model, for people
  std::filesystem::path folder;           // empty: nothing is remembered
  int threads = 1;
};

struct Tuning {
  llama_flash_attn_type flash_attention = LLAMA_FLASH_ATTN_TYPE_AUTO;
};

Tuning tuned(const TuningRequest& request);

}  // namespace fragua::engine
