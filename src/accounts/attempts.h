// Attempts: how many passwords may be tried: a few per name and per address in a quarter of an hour. A try is counted before it is checked, so
// that many at once do not slip through. An address that has known a name's password has tries of its own at it: strangers cannot lock
// somebody out. Callers: accounts/service. Threads: the loop's only.
// Names and addresses that are remembered are bounded; the oldest go first.
#pragma once
#include <chrono>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "base/clock.h"

namespace fragua::accounts {

class Attempts {
 public:
  explicit Attempts(const Clock& clock) : clock_(clock) {}
  // Error(rate_limited) with how long to wait: nothing is checked then.
  void begin(const std::string& name, const std::string& address);
  void succeeded(const std::string& name, const std::string& address);

 private:
  using Times = std::deque<SteadyTime>;
  std::string of_name(const std::string& name, const std::string& address) const;
  void check(const std::string& subject);
  void forget_old();

  const Clock& clock_;
  std::map<std::string, Times> tries_;
  std::set<std::pair<std::string, std::string>> known_;   // name and address
};

}  // namespace fragua::accounts
