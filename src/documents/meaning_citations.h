// MeaningCitations: the passage that bears a sentence of another language than the passage's: found by the embeddings of both, where words
// cannot be compared. Callers: asking. Threads: the loop's only. Numbers must stand in the quote all the same.
// Embeds the passages' sentences once, when they are first needed.
#pragma once
#include "documents/citations.h"
#include "documents/embedder.h"

namespace fragua::documents {

class MeaningCitations {
 public:
  // `language`: the answer's ("es"). Passages of that language are left to words.
  MeaningCitations(Embedder& embedder, const std::vector<Passage>& passages, std::string language, std::string model)
      : embedder_(embedder), passages_(passages), language_(std::move(language)), model_(std::move(model)) {}
  Task<std::optional<Citation>> cite(std::string sentence);

 private:
  struct Window {
    std::size_t passage = 0;
    std::string text;
    std::vector<float> vector;
  };
  Task<> embed_windows();

  Embedder& embedder_;
  const std::vector<Passage>& passages_;
  std::string language_;
  std::string model_;
  std::optional<std::vector<Window>> windows_;
};

}  // namespace fragua::documents
