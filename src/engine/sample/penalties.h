// Penalties: repeat, presence and frequency, on the tokens of the last n positions and no others.
// Callers: Sampler. Threads: one at a time.
#pragma once
#include <deque>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/sample/candidates.h"
#include "engine/sample/options.h"
#include "engine/token.h"

namespace fragua::engine {

class Penalties {
 public:
  explicit Penalties(const SamplingOptions& options);

  bool is_on() const { return is_on_; }
  void accept(Token token);
  // What it changes is noted in `changes`.
  void apply(std::span<float> logits, std::vector<LogitChange>& changes) const;

 private:
  static constexpr int kWindowMax = 32768;  // for "all"
  bool is_on_;
  std::size_t window_;
  float repeat_;
  float presence_;
  float frequency_;
  std::deque<Token> recent_;
  std::unordered_map<Token, int> counts_;
};

}  // namespace fragua::engine
