// TokenMask: which tokens may come next, one bit a token, as xgrammar fills it and the sampler reads it.
// Callers: engine/constrain, engine/sample, the scheduler, which keeps one per sequence and fills it again each step.
// Threads: one at a time. Never allocates after construction.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/token.h"

namespace fragua::engine {

class TokenMask {
 public:
  static constexpr int kWordBits = 32;

  explicit TokenMask(int vocabulary_size)
      : size_(vocabulary_size), words_((std::size_t(vocabulary_size) + kWordBits - 1) / kWordBits, -1) {}

  int size() const { return size_; }
  bool allows(Token token) const {
    return token >= 0 && token < size_ &&
           (std::uint32_t(words_[std::size_t(token) / kWordBits]) >> (token % kWordBits) & 1u) != 0;
  }
  void allow_all() { std::fill(words_.begin(), words_.end(), -1); }
  void allow_none() { std::fill(words_.begin(), words_.end(), 0); }
  void allow(Token token) { words_[std::size_t(token) / kWordBits] |= std::int32_t(1u << (token % kWordBits)); }
  void forbid(Token token) { words_[std::size_t(token) / kWordBits] &= std::int32_t(~(1u << (token % kWordBits))); }

  // Bits after size() mean nothing.
  std::span<std::int32_t> words() { return words_; }
  std::span<const std::int32_t> words() const { return words_; }

 private:
  int size_;
  std::vector<std::int32_t> words_;
};

}  // namespace fragua::engine
