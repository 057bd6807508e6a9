#include "engine/embed_batches.h"

#include <algorithm>
#include <numeric>

namespace fragua::engine {

EmbedBatches::EmbedBatches(std::vector<std::vector<Token>> texts) : texts_(std::move(texts)), order_(texts_.size()) {
  std::iota(order_.begin(), order_.end(), std::size_t(0));
  std::stable_sort(order_.begin(), order_.end(), [this](auto a, auto b) { return texts_[a].size() > texts_[b].size(); });
}

std::span<const std::size_t> EmbedBatches::next() {
  const auto first = next_;
  std::size_t tokens = 0;
  while (next_ < order_.size() && next_ - first < kEmbedBatchTexts &&
         (next_ == first || tokens + texts_[order_[next_]].size() <= kEmbedBatchTokens))
    tokens += texts_[order_[next_++]].size();
  return std::span(order_).subspan(first, next_ - first);
}

}  // namespace fragua::engine
