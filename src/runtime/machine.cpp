#include "runtime/machine.h"

#include <fstream>
#include <sstream>
#include <string>

namespace fragua {

namespace {

// "MemTotal:   123 kB" of a file with such lines, in bytes.
std::uint64_t field_of(const char* file, const std::string& name) {
  std::ifstream in(file);
  std::string line;
  while (std::getline(in, line)) {
    if (!line.starts_with(name + ":")) continue;
    std::istringstream words(line.substr(name.size() + 1));
    std::uint64_t kilobytes = 0;
    words >> kilobytes;
    return kilobytes * 1024;
  }
  return 0;
}

// The first line of /proc/stat: "cpu user nice system idle iowait irq …".
void read_processors(MachineSample& sample) {
  std::ifstream in("/proc/stat");
  std::string word;
  in >> word;
  std::uint64_t ticks = 0;
  for (int column = 0; column < 8 && in >> ticks; ++column) {
    sample.total += ticks;
    if (column != 3 && column != 4) sample.busy += ticks;
  }
}

}  // namespace

MachineSample sample_machine() {
  MachineSample sample;
  read_processors(sample);
  sample.memory_total_bytes = field_of("/proc/meminfo", "MemTotal");
  sample.memory_available_bytes = field_of("/proc/meminfo", "MemAvailable");
  sample.own_bytes = field_of("/proc/self/status", "VmRSS");
  return sample;
}

double cpu_percent(const MachineSample& earlier, const MachineSample& later) {
  if (later.total <= earlier.total || later.busy < earlier.busy) return 0;
  return 100.0 * double(later.busy - earlier.busy) / double(later.total - earlier.total);
}

}  // namespace fragua
