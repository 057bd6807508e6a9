#include "engine/fairness.h"

#include <algorithm>
#include <optional>

namespace fragua::engine {

void Fairness::arrive(const std::string& user) {
  std::optional<double> least;
  for (const auto& [name, account] : present_) least = std::min(least.value_or(account.paid), account.paid);
  auto [entry, is_new] = present_.try_emplace(user);
  ++entry->second.requests;
  if (!is_new) return;
  const auto before = absent_.find(user);
  entry->second.paid = std::max(before == absent_.end() ? 0 : before->second, least.value_or(0));
  if (before != absent_.end()) absent_.erase(before);
}

void Fairness::leave(const std::string& user) {
  const auto entry = present_.find(user);
  if (entry == present_.end() || --entry->second.requests > 0) return;
  if (absent_.size() >= kAbsentMax) absent_.clear();
  absent_[user] = entry->second.paid;
  present_.erase(entry);
}

void Fairness::pay(const std::string& user, double tokens) {
  const auto entry = present_.find(user);
  if (entry != present_.end()) entry->second.paid += tokens;
}

double Fairness::paid(const std::string& user) const {
  const auto entry = present_.find(user);
  return entry == present_.end() ? 0 : entry->second.paid;
}

}  // namespace fragua::engine
