// Activity: what the server did in the last minute, for the dashboard: rates, first tokens, recent errors. Callers: guard (notes), native/dashboard
// (looks). Threads: the loop's only. Everything is bounded; nothing of a prompt or an answer is kept.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "base/clock.h"

namespace fragua::api {

struct SeenRequest {
  SteadyTime at;
  SystemTime time;
  std::string request_id;
  std::string path;                 // the route's, not what was asked for
  std::string model;
  std::string error;
  int status = 0;
  std::uint64_t prompt_tokens = 0;
  std::uint64_t cached_tokens = 0;
  std::uint64_t answer_tokens = 0;
  double first_token_ms = 0;        // 0: no token was made
};

struct ActivityFigures {
  std::uint64_t requests = 0;       // since the start
  std::uint64_t errors = 0;         // answered 500 and above, or overloaded
  double tokens_per_second = 0;     // of answers that ended in the last minute
  std::optional<double> first_token_ms;      // median of the last minute
  std::optional<double> cached_token_share;  // of the prompts of the last minute
};

class Activity {
 public:
  explicit Activity(const Clock& clock) : clock_(clock), started_(clock.steady()) {}
  void note(SeenRequest seen);
  ActivityFigures figures();
  const std::deque<SeenRequest>& recent_errors() const { return errors_; }   // newest first
  std::chrono::seconds uptime() const;

 private:
  const Clock& clock_;
  SteadyTime started_;
  std::uint64_t requests_ = 0;
  std::uint64_t failed_ = 0;
  std::deque<SeenRequest> minute_;
  std::deque<SeenRequest> errors_;
};

}  // namespace fragua::api
