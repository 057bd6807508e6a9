// DraftPace: how many tokens to guess next in one answer, from how earlier guesses went. On CPUs a step of 4 tokens costs twice
// one of a single token, and a step of 16 hardly more than one of 8: so it probes with 3, goes on with 15 while all are right, and
// rests when a guess did not pay, each time longer.
// Callers: scheduler, one an answer. Threads: the compute thread's. Never looks at the text itself.
#pragma once
#include <cstddef>

namespace fragua::engine {

// With more answers than this decoding at once, the step is full without guesses.
constexpr std::size_t kDraftAnswersMax = 3;

class DraftPace {
 public:
  static constexpr std::size_t kFirstRest = 12;   // steps
  explicit DraftPace(std::size_t longest, std::size_t first_rest = kFirstRest) : longest_(longest), first_rest_(first_rest) {}

  // Asked once a step: 0 while it rests.
  std::size_t next_length();
  // What a step's guesses came to; nothing for a step without.
  void learn(std::size_t guessed, std::size_t right);

 private:
  static constexpr std::size_t kProbe = 3;
  static constexpr std::size_t kLongestRest = 192;
  std::size_t longest_;
  std::size_t first_rest_;
  std::size_t length_ = kProbe;
  std::size_t resting_ = 0;
  std::size_t next_rest_ = first_rest_;
};

}  // namespace fragua::engine
