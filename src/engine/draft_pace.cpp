#include "engine/draft_pace.h"

#include <algorithm>

namespace fragua::engine {

std::size_t DraftPace::next_length() {
  if (resting_ == 0) return std::min(length_, longest_);
  --resting_;
  return 0;
}

void DraftPace::learn(std::size_t guessed, std::size_t right) {
  if (guessed == 0) return;
  const bool all = right == guessed, pays = 3 * right >= guessed;
  length_ = all ? longest_ : kProbe;
  if (all) next_rest_ = first_rest_;
  if (pays) return;
  resting_ = next_rest_;
  next_rest_ = std::min(kLongestRest, 2 * next_rest_);
}

}  // namespace fragua::engine
