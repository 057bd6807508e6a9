// Machine: what this machine's processors and memory are at, from /proc. Callers: api/native/dashboard.
// Threads: any; reads a few small files. What cannot be read is 0.
#pragma once
#include <cstdint>

namespace fragua {

struct MachineSample {
  std::uint64_t busy = 0;              // of all processors, in ticks since the start
  std::uint64_t total = 0;
  std::uint64_t memory_total_bytes = 0;
  std::uint64_t memory_available_bytes = 0;
  std::uint64_t own_bytes = 0;         // resident, of this process
};

MachineSample sample_machine();
// Between two samples; 0 if no time passed.
double cpu_percent(const MachineSample& earlier, const MachineSample& later);

}  // namespace fragua
