// RateLimiter: how many requests and tokens a key, a user or an address had in the last minute, and tokens of the day. Callers: api/guard.
// Threads: the loop's only. Exact to a second (a ring of 60); subjects that are remembered are bounded.
// Tokens are known only afterwards: a subject over its limit waits until enough have left the window.
#pragma once
#include <array>
#include <chrono>
#include <map>
#include <string>

#include "accounts/user.h"
#include "base/clock.h"

namespace fragua::accounts {

class RateLimiter {
 public:
  explicit RateLimiter(const Clock& clock) : clock_(clock) {}
  // Counts a request of `subject` ("user x"). Error(rate_limited) with how long to wait, and then it is not counted.
  void enter(const std::string& subject, const Limits& limits);
  void charge(const std::string& subject, std::int64_t tokens);
  // What was used today before this process began.
  void resume_day(const std::string& subject, std::int64_t tokens);
  bool knows_day(const std::string& subject) const;

 private:
  static constexpr std::size_t kSeconds = 60;
  struct Slot {
    std::int64_t second = 0;
    std::int64_t requests = 0;
    std::int64_t tokens = 0;
  };
  struct Usage {
    std::array<Slot, kSeconds> slots{};
    std::int64_t day = 0;
    std::int64_t day_tokens = 0;
    bool day_known = false;
  };

  std::int64_t second_now() const;
  std::int64_t day_now() const;
  Usage& usage_of(const std::string& subject);
  Slot& slot_now(Usage& usage);
  void check_minute(const Usage& usage, std::int64_t Slot::*counted, std::int64_t limit, const char* what) const;

  const Clock& clock_;
  std::map<std::string, Usage> usages_;
};

}  // namespace fragua::accounts
