#include "accounts/rate_limiter.h"

#include <algorithm>

#include "base/error.h"

namespace fragua::accounts {

namespace {

constexpr std::size_t kSubjectsMax = 20'000;

[[noreturn]] void refuse(const char* what, std::int64_t limit, const char* period, std::chrono::seconds wait) {
  throw Error(ErrorCode::rate_limited,
              "the limit of " + std::to_string(limit) + " " + what + " a " + period + " is reached: wait " + std::to_string(wait.count()) + " seconds", wait);
}

}  // namespace

std::int64_t RateLimiter::second_now() const {
  return std::chrono::duration_cast<std::chrono::seconds>(clock_.steady().time_since_epoch()).count();
}

std::int64_t RateLimiter::day_now() const { return std::chrono::floor<std::chrono::days>(clock_.system()).time_since_epoch().count(); }

RateLimiter::Usage& RateLimiter::usage_of(const std::string& subject) {
  if (usages_.size() >= kSubjectsMax && !usages_.contains(subject)) {
    const auto old = second_now() - std::int64_t(kSeconds);
    std::erase_if(usages_, [&](const auto& entry) {
      return !entry.second.day_known && std::all_of(entry.second.slots.begin(), entry.second.slots.end(), [&](const Slot& s) { return s.second < old; });
    });
    if (usages_.size() >= kSubjectsMax) usages_.erase(usages_.begin());
  }
  auto& usage = usages_[subject];
  if (usage.day != day_now()) {
    usage.day_known = usage.day_known && usage.day != 0;  // a new day begins at nothing
    usage.day = day_now();
    usage.day_tokens = 0;
  }
  return usage;
}

RateLimiter::Slot& RateLimiter::slot_now(Usage& usage) {
  const auto second = second_now();
  auto& slot = usage.slots[std::size_t(second) % kSeconds];
  if (slot.second != second) slot = Slot{second};
  return slot;
}

// The wait ends when enough of the oldest have left the window.
void RateLimiter::check_minute(const Usage& usage, std::int64_t Slot::*counted, std::int64_t limit, const char* what) const {
  const auto now = second_now();
  std::int64_t sum = 0;
  for (const auto& slot : usage.slots)
    if (now - slot.second < std::int64_t(kSeconds)) sum += slot.*counted;
  if (sum < limit) return;
  std::int64_t wait = 1;
  for (; wait < std::int64_t(kSeconds) && sum >= limit; ++wait) {
    const auto leaving = now + wait - std::int64_t(kSeconds);
    const auto& slot = usage.slots[std::size_t(leaving) % kSeconds];
    if (slot.second == leaving) sum -= slot.*counted;
    if (sum < limit) break;
  }
  refuse(what, limit, "minute", std::chrono::seconds(wait));
}

void RateLimiter::enter(const std::string& subject, const Limits& limits) {
  auto& usage = usage_of(subject);
  if (limits.requests_per_minute) check_minute(usage, &Slot::requests, *limits.requests_per_minute, "requests");
  if (limits.tokens_per_minute) check_minute(usage, &Slot::tokens, *limits.tokens_per_minute, "tokens");
  if (limits.tokens_per_day && usage.day_tokens >= *limits.tokens_per_day) {
    const auto tomorrow = std::chrono::floor<std::chrono::days>(clock_.system()) + std::chrono::days(1);
    refuse("tokens", *limits.tokens_per_day, "day", std::chrono::ceil<std::chrono::seconds>(tomorrow - clock_.system()));
  }
  ++slot_now(usage).requests;
}

void RateLimiter::charge(const std::string& subject, std::int64_t tokens) {
  auto& usage = usage_of(subject);
  slot_now(usage).tokens += tokens;
  usage.day_tokens += tokens;
}

void RateLimiter::resume_day(const std::string& subject, std::int64_t tokens) {
  auto& usage = usage_of(subject);
  if (!usage.day_known) usage.day_tokens += tokens;
  usage.day_known = true;
}

bool RateLimiter::knows_day(const std::string& subject) const {
  const auto found = usages_.find(subject);
  return found != usages_.end() && found->second.day_known;
}

}  // namespace fragua::accounts
