// DashboardHistory: what the dashboard would have shown in the last minutes, so that its plots are there when it is opened.
// Callers: app/ (samples), native/dashboard (shows). Threads: the loop's only. Bounded; nothing of a request is kept.
#pragma once
#include <chrono>
#include <deque>

#include "api/call.h"

namespace fragua::api::native {

constexpr std::chrono::seconds kDashboardInterval{5};
constexpr std::size_t kDashboardPoints = 120;

class DashboardHistory {
 public:
  void add(json::object point);
  const std::deque<json::object>& points() const { return points_; }   // the oldest first

 private:
  std::deque<json::object> points_;
};

// Once each kDashboardInterval.
Task<> sample_dashboard(Services& services, MachineSample& last);

}  // namespace fragua::api::native
