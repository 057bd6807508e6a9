// Budget: how many prompt tokens the next step may compute. While someone decodes, as many as keep the step under the gap
// target; with nobody decoding, as many as keep a newcomer's wait under the patience. Learns the machine's speed from the
// steps themselves. Callers: scheduler. Threads: the compute thread's.
#pragma once
#include <cstddef>

namespace fragua::engine {

class Budget {
 public:
  Budget(double gap_target_ms, double patience_ms, std::size_t step_max)
      : gap_target_ms_(gap_target_ms), patience_ms_(patience_ms), step_max_(step_max) {}

  std::size_t prompt_tokens(std::size_t decoding_tokens) const;
  // What a step took: `decoding_tokens` of running answers and `prompt_tokens` of prompts.
  void learn(std::size_t decoding_tokens, std::size_t prompt_tokens, double step_ms);

 private:
  static constexpr std::size_t kLeast = 8;     // so that a prompt always moves on
  static constexpr std::size_t kFirst = 64;    // before anything is known
  double gap_target_ms_;
  double patience_ms_;
  std::size_t step_max_;
  double decode_ms_ = 0;          // of a step without prompt tokens
  double prompt_token_ms_ = 0;    // 0: unknown
};

}  // namespace fragua::engine
