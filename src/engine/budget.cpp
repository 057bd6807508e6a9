#include "engine/budget.h"

#include <algorithm>

namespace fragua::engine {

namespace {

constexpr double kWeight = 0.3;  // of the newest step in the running means

double mean(double before, double now) { return before == 0 ? now : before + kWeight * (now - before); }

}  // namespace

std::size_t Budget::prompt_tokens(std::size_t decoding_tokens) const {
  if (decoding_tokens >= step_max_) return 0;
  if (prompt_token_ms_ == 0) return std::min(kFirst, step_max_ - decoding_tokens);
  const double free_ms = decoding_tokens > 0 ? gap_target_ms_ - decode_ms_ : patience_ms_;
  const auto tokens = std::size_t(std::max(free_ms, 0.0) / prompt_token_ms_);
  return std::clamp(tokens, kLeast, step_max_ - decoding_tokens);
}

void Budget::learn(std::size_t decoding_tokens, std::size_t prompt_tokens, double step_ms) {
  if (prompt_tokens == 0) {
    if (decoding_tokens > 0) decode_ms_ = mean(decode_ms_, step_ms);
    return;
  }
  const double share_ms = std::max(step_ms - (decoding_tokens > 0 ? decode_ms_ : 0), step_ms / 4);
  prompt_token_ms_ = mean(prompt_token_ms_, share_ms / double(prompt_tokens));
}

}  // namespace fragua::engine
