// Embedder: texts to vectors of unit length, by a model's name. Callers: ingestion, retrieval, model_change. Threads: the loop's only.
// Passages are embedded at the priority of a batch. Error(not_found): no such model; Error(unsupported): it does not embed.
#pragma once
#include <string>
#include <vector>

#include "runtime/task.h"

namespace fragua::documents {

enum class TextRole { passage, question };

class Embedder {
 public:
  virtual ~Embedder() = default;
  virtual Task<std::vector<std::vector<float>>> embed(std::string model, TextRole role, std::vector<std::string> texts) = 0;
};

}  // namespace fragua::documents
