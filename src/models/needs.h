// needs_of: what a stored model can do and about how much memory it takes, for lists. Callers: api/ollama (tags).
// Threads: any, blocking (reads a header the first time), on a worker.
// Nothing for a damaged model: it must not hide the others.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/show.h"
#include "models/store.h"

namespace fragua::models {

struct ModelNeeds {
  std::vector<std::string> capabilities;
  std::uint64_t memory_bytes = 0;   // its files and the KV cache (16-bit) of `context_tokens`; what it computes in comes on top
};
std::optional<ModelNeeds> needs_of(ModelStore& store, HeaderCache& headers, const ModelName& name, std::uint32_t context_tokens);

// Of one token, over all layers.
std::uint64_t kv_bytes_per_token(const GgufHeader& header);

}  // namespace fragua::models
