#include "api/activity.h"

#include <algorithm>
#include <vector>

namespace fragua::api {

namespace {

constexpr std::size_t kMinuteMax = 10'000;
constexpr std::size_t kErrorsMax = 50;
constexpr std::chrono::seconds kWindow{60};

}  // namespace

void Activity::note(SeenRequest seen) {
  ++requests_;
  if (seen.status >= 500) ++failed_;
  if (seen.status >= 400 && seen.status != 401 && seen.status != 499) {
    errors_.push_front(seen);
    if (errors_.size() > kErrorsMax) errors_.pop_back();
  }
  if (seen.prompt_tokens + seen.answer_tokens == 0) return;
  minute_.push_back(std::move(seen));
  if (minute_.size() > kMinuteMax) minute_.pop_front();
}

ActivityFigures Activity::figures() {
  const auto now = clock_.steady();
  while (!minute_.empty() && now - minute_.front().at > kWindow) minute_.pop_front();
  ActivityFigures figures{requests_, failed_};
  std::vector<double> firsts;
  std::uint64_t prompt = 0, cached = 0, answer = 0;
  for (const auto& seen : minute_) {
    prompt += seen.prompt_tokens;
    cached += seen.cached_tokens;
    answer += seen.answer_tokens;
    if (seen.first_token_ms > 0) firsts.push_back(seen.first_token_ms);
  }
  const auto lived = std::min<double>(60, std::max<double>(1, std::chrono::duration<double>(now - started_).count()));
  figures.tokens_per_second = double(answer) / lived;
  if (prompt > 0) figures.cached_token_share = double(cached) / double(prompt);
  if (firsts.empty()) return figures;
  const auto middle = firsts.begin() + std::ptrdiff_t(firsts.size() / 2);
  std::nth_element(firsts.begin(), middle, firsts.end());
  figures.first_token_ms = *middle;
  return figures;
}

std::chrono::seconds Activity::uptime() const { return std::chrono::duration_cast<std::chrono::seconds>(clock_.steady() - started_); }

}  // namespace fragua::api
