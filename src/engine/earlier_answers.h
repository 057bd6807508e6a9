// EarlierAnswers: the last constrained answers of each user, to guess from: forms are filled much the same way again
// and again. Callers: scheduler. Threads: the compute thread's. Bounded; a user's answers serve that user alone.
#pragma once
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "engine/token.h"

namespace fragua::engine {

class EarlierAnswers {
 public:
  void add(const std::string& user, std::vector<Token> answer);
  // Oldest first.
  const std::deque<std::vector<Token>>& of(const std::string& user) const;

 private:
  static constexpr std::size_t kUsersMax = 64;
  static constexpr std::size_t kAnswersMax = 4;  // of one user
  static constexpr std::size_t kAnswerTokensMax = 256;
  std::deque<std::pair<std::string, std::deque<std::vector<Token>>>> users_;  // the last to add comes last
};

}  // namespace fragua::engine
