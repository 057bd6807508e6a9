// LeaveWatch: while it lives, a client that leaves is heard of. Callers: handlers of answers that take long. Threads: the loop's only.
// What is called holds what it needs itself; it is forgotten when the watch ends, and must not throw.
#pragma once
#include <functional>

#include "api/call.h"

namespace fragua::api {

class LeaveWatch {
 public:
  LeaveWatch(Call& call, std::function<void()> on_leave) : exchange_(call.exchange) { exchange_.on_disconnect(std::move(on_leave)); }
  ~LeaveWatch() { exchange_.on_disconnect({}); }
  LeaveWatch(const LeaveWatch&) = delete;
  LeaveWatch& operator=(const LeaveWatch&) = delete;

 private:
  http::Exchange& exchange_;
};

}  // namespace fragua::api
