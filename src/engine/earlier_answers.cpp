#include "engine/earlier_answers.h"

#include <algorithm>

namespace fragua::engine {

void EarlierAnswers::add(const std::string& user, std::vector<Token> answer) {
  if (answer.empty() || answer.size() > kAnswerTokensMax) return;
  const auto found = std::find_if(users_.begin(), users_.end(), [&](const auto& entry) { return entry.first == user; });
  std::deque<std::vector<Token>> answers;
  if (found != users_.end()) {
    answers = std::move(found->second);
    users_.erase(found);
  }
  answers.push_back(std::move(answer));
  if (answers.size() > kAnswersMax) answers.pop_front();
  users_.emplace_back(user, std::move(answers));
  if (users_.size() > kUsersMax) users_.pop_front();
}

const std::deque<std::vector<Token>>& EarlierAnswers::of(const std::string& user) const {
  static const std::deque<std::vector<Token>> kNone;
  const auto found = std::find_if(users_.begin(), users_.end(), [&](const auto& entry) { return entry.first == user; });
  return found == users_.end() ? kNone : found->second;
}

}  // namespace fragua::engine
