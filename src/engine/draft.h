// PromptLookup: guesses the next tokens from what followed the last ones before: copying from the prompt, retrieved
// chunks or earlier answers costs nothing to guess, and the model checks the guess in one step. Callers: scheduler, one
// a sequence. Threads: one at a time. Each token costs constant time to add; a guess, to make.
#pragma once
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/token.h"

namespace fragua::engine {

class PromptLookup {
 public:
  // A guess needs the last `ngram_min` tokens to have occurred before; longer matches, up to `ngram_max`, are
  // preferred.
  explicit PromptLookup(int ngram_max = 4, int ngram_min = 2);

  // Texts to copy from that are not part of the sequence, such as earlier answers; before the first append.
  void add_reference(std::span<const Token> tokens);
  void append(Token token);
  void append(std::span<const Token> tokens);
  // At most `count_max` tokens that may follow; empty when nothing is known.
  std::vector<Token> draft(int count_max) const;

 private:
  static constexpr Token kBreak = -1;  // between references; never part of a match
  std::uint64_t key_of_last(int ngram) const;
  std::size_t position_after(int ngram) const;

  int ngram_max_;
  int ngram_min_;
  std::vector<Token> history_;
  std::vector<std::unordered_map<std::uint64_t, std::uint32_t>>
      follows_;  // by length: n-gram -> index after its last one
};

// The same in one call.
std::vector<Token> draft(std::span<const Token> history, int ngram_max, int count_max);

}  // namespace fragua::engine
