// Dry ("don't repeat yourself"): a penalty on the token that would continue a sequence that has occurred before,
// growing with the sequence's length. llama.cpp's rules. Callers: Sampler. Threads: one at a time. Time per token is
// linear in the tokens it looks back.
#pragma once
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/sample/candidates.h"
#include "engine/sample/options.h"
#include "engine/token.h"

namespace fragua::engine {

class Dry {
 public:
  Dry(const SamplingOptions& options, std::vector<std::vector<Token>> breakers);

  bool is_on() const { return is_on_; }
  void accept(Token token);
  void apply(std::span<float> logits, std::vector<LogitChange>& changes);

 private:
  static constexpr int kWindowMax = 32768;  // for "all"
  Token back(std::size_t steps) const { return recent_[recent_.size() - 1 - steps]; }
  std::size_t longest_breaker_at(std::size_t steps) const;
  std::size_t repeat_limit() const;
  void count_repeats(std::size_t limit);
  bool is_single_breaker(Token token) const;

  bool is_on_;
  std::size_t window_;
  std::size_t allowed_;
  double multiplier_;
  double base_;
  std::unordered_multimap<Token, std::vector<Token>> breakers_;  // first token -> the rest
  std::deque<Token> recent_;
  std::vector<std::size_t> repeats_;
};

// The token sequences in which a breaker's text can appear: tokens that contain it, and tokens that end with its
// beginning followed by the tokens of its end.
std::vector<std::vector<Token>> dry_breaker_sequences(
    const std::vector<std::string>& breakers, const std::vector<std::string>& pieces,
    const std::function<std::vector<Token>(std::string_view)>& tokenize);

}  // namespace fragua::engine
