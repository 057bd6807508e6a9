// GPUs: what NVIDIA's cards of this machine are at, from the driver's own library (NVML), which is looked for when it is first asked and is
// never linked. Callers: api/native/dashboard. Threads: the caller's own; a call takes about a millisecond a card.
// A machine without such a card or driver has none; a value that a card does not tell is 0.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace fragua {

struct GpuSample {
  std::string name;
  double use_percent = 0;
  double temperature_c = 0;
  std::uint64_t memory_used_bytes = 0;
  std::uint64_t memory_total_bytes = 0;
};

class Gpus {
 public:
  Gpus();
  ~Gpus();
  std::vector<GpuSample> sample();

 private:
  class Library;
  std::unique_ptr<Library> library_;
  bool looked_ = false;
};

}  // namespace fragua
