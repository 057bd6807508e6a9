// ShiftedClock: the machine's clock, some time before or after: another day for demos and tests. Callers: app/server.
// Threads: any. Durations are not shifted: what waits a second waits a second.
#pragma once
#include <string>

#include "base/clock.h"

namespace fragua::app {

class ShiftedClock final : public Clock {
 public:
  explicit ShiftedClock(std::chrono::seconds shift) : shift_(shift) {}
  SystemTime system() const override { return Clock::system() + shift_; }

 private:
  std::chrono::seconds shift_;
};

// So that it is now `day` ("2025-11-10") at this time of the day; "": none. Error(invalid_argument).
std::chrono::seconds shift_to(const std::string& day, SystemTime now);

}  // namespace fragua::app
