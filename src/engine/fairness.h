// Fairness: whose turn it is to have prompt tokens computed. Virtual token counters (Sheng et al., "Fairness in Serving Large
// Language Models", OSDI 2024): each user pays for tokens served; the one who paid least goes first; a user who comes
// back starts at the least counter of those present, so idle time earns no credit.
// Callers: scheduler. Threads: the compute thread's.
#pragma once
#include <map>
#include <string>

namespace fragua::engine {

class Fairness {
 public:
  static constexpr double kPromptWeight = 1;
  static constexpr double kAnswerWeight = 2;

  void arrive(const std::string& user);   // one more request of this user is in the house
  void leave(const std::string& user);
  void pay(const std::string& user, double tokens);
  double paid(const std::string& user) const;

 private:
  struct Account {
    double paid = 0;
    int requests = 0;
  };
  std::map<std::string, Account> present_;
  std::map<std::string, double> absent_;  // bounded: forgotten when larger than kAbsentMax
  static constexpr std::size_t kAbsentMax = 10'000;
};

}  // namespace fragua::engine
