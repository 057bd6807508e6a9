// Clock: the time, handed in by app/ so that tests can turn it. Callers: everyone who needs a time.
// Threads: any. Never sleeps.
#pragma once
#include <chrono>

namespace fragua {

using SteadyTime = std::chrono::steady_clock::time_point;
using SystemTime = std::chrono::system_clock::time_point;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual SteadyTime steady() const { return std::chrono::steady_clock::now(); }
  virtual SystemTime system() const { return std::chrono::system_clock::now(); }
};

class ManualClock : public Clock {
 public:
  SteadyTime steady() const override { return steady_; }
  SystemTime system() const override { return system_; }
  void advance(std::chrono::nanoseconds by) {
    steady_ += std::chrono::duration_cast<SteadyTime::duration>(by);
    system_ += std::chrono::duration_cast<SystemTime::duration>(by);
  }

 private:
  SteadyTime steady_{std::chrono::hours(1)};
  SystemTime system_{std::chrono::hours(24 * 365 * 50)};
};

}  // namespace fragua
