// ModelEmbedder: the Embedder of the models in this house. Callers: app/ (makes it). Threads: the loop's only.
// Puts before each text what the model was trained with (E5, Nomic, BGE, …, told by its name), as their cards say.
#pragma once
#include <string_view>

#include "documents/embedder.h"
#include "inference/service.h"

namespace fragua::documents {

// "query: " for a question to multilingual-e5-small; "" for a model that wants nothing.
std::string_view prefix_of(std::string_view model, TextRole role);

class ModelEmbedder final : public Embedder {
 public:
  explicit ModelEmbedder(inference::Service& inference) : inference_(inference) {}
  Task<std::vector<std::vector<float>>> embed(std::string model, TextRole role, std::vector<std::string> texts) override;

 private:
  inference::Service& inference_;
};

}  // namespace fragua::documents
