// EmbedBatches: the texts of one request for vectors, in the micro-batches that they are computed in. Callers: host computes one
// batch at a time, so that answers and other requests for vectors go on between them. Threads: one at a time.
// The longest texts come first: llama.cpp keeps a row of the whole vocabulary for every token of a text, and makes, clears and frees
// that buffer again whenever a text is longer than all before. Never mixes a long text with others: see kEmbedBatchTokens.
#pragma once
#include <span>
#include <vector>

#include "engine/token.h"

namespace fragua::engine {

// Short texts are computed together up to so many tokens: under one mask unrelated texts cost attention that is thrown away, and
// alone a short one leaves the cores idle.
constexpr std::size_t kEmbedBatchTokens = 64;
constexpr std::size_t kEmbedBatchTexts = 16;

class EmbedBatches {
 public:
  explicit EmbedBatches(std::vector<std::vector<Token>> texts);

  const std::vector<std::vector<Token>>& texts() const { return texts_; }
  bool is_done() const { return next_ == order_.size(); }
  // Places of the texts that are computed next; empty when all are.
  std::span<const std::size_t> next();

 private:
  std::vector<std::vector<Token>> texts_;
  std::vector<std::size_t> order_;
  std::size_t next_ = 0;
};

}  // namespace fragua::engine
