#include "engine/sample/penalties.h"

namespace fragua::engine {

Penalties::Penalties(const SamplingOptions& options)
    : is_on_(options.repeat_last_n != 0 &&
             (options.repeat_penalty != 1 || options.presence_penalty != 0 || options.frequency_penalty != 0)),
      window_(std::size_t(options.repeat_last_n < 0 ? kWindowMax : options.repeat_last_n)),
      repeat_(float(options.repeat_penalty)),
      presence_(float(options.presence_penalty)),
      frequency_(float(options.frequency_penalty)) {}

void Penalties::accept(Token token) {
  if (!is_on_) return;
  recent_.push_back(token);
  ++counts_[token];
  if (recent_.size() <= window_) return;
  const auto oldest = counts_.find(recent_.front());
  if (--oldest->second == 0) counts_.erase(oldest);
  recent_.pop_front();
}

void Penalties::apply(std::span<float> logits, std::vector<LogitChange>& changes) const {
  if (!is_on_) return;
  for (const auto& [token, count] : counts_) {
    if (std::size_t(token) >= logits.size()) continue;
    float& logit = logits[std::size_t(token)];
    changes.push_back({token, logit});
    // Dividing a negative logit would make the token likelier.
    logit = logit <= 0 ? logit * repeat_ : logit / repeat_;
    logit -= float(count) * frequency_ + presence_;
  }
}

}  // namespace fragua::engine
