#include "accounts/attempts.h"

#include "base/error.h"

namespace fragua::accounts {

namespace {

constexpr std::size_t kTriesMax = 10;
constexpr std::size_t kSubjectsMax = 20'000;
constexpr std::chrono::minutes kWindow{15};

constexpr std::size_t kKnownMax = 20'000;

std::string of_address(const std::string& address) { return "address " + address; }

}  // namespace

std::string Attempts::of_name(const std::string& name, const std::string& address) const {
  return known_.contains({name, address}) ? "name " + name + " from " + address : "name " + name;
}

void Attempts::begin(const std::string& name, const std::string& address) {
  check(of_name(name, address));
  check(of_address(address));
  if (tries_.size() >= kSubjectsMax) forget_old();
  for (const auto& subject : {of_name(name, address), of_address(address)}) tries_[subject].push_back(clock_.steady());
}

void Attempts::succeeded(const std::string& name, const std::string& address) {
  tries_.erase(of_name(name, address));
  if (known_.size() < kKnownMax) known_.insert({name, address});
  // Only its own try: whoever knows one password must not get more tries at others.
  const auto found = tries_.find(of_address(address));
  if (found != tries_.end() && !found->second.empty()) found->second.pop_back();
}

void Attempts::check(const std::string& subject) {
  const auto found = tries_.find(subject);
  if (found == tries_.end()) return;
  auto& times = found->second;
  const auto now = clock_.steady();
  while (!times.empty() && now - times.front() >= kWindow) times.pop_front();
  if (times.size() < kTriesMax) return;
  const auto wait = std::chrono::ceil<std::chrono::seconds>(kWindow - (now - times.front()));
  throw Error(ErrorCode::rate_limited, "too many tries: wait " + std::to_string(wait.count()) + " seconds", wait);
}

void Attempts::forget_old() {
  const auto now = clock_.steady();
  std::erase_if(tries_, [&](const auto& entry) { return entry.second.empty() || now - entry.second.back() >= kWindow; });
  while (tries_.size() >= kSubjectsMax) {
    auto oldest = tries_.begin();
    for (auto entry = tries_.begin(); entry != tries_.end(); ++entry)
      if (entry->second.back() < oldest->second.back()) oldest = entry;
    tries_.erase(oldest);
  }
}

}  // namespace fragua::accounts
