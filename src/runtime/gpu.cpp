#include "runtime/gpu.h"

#include <dlfcn.h>

namespace fragua {

namespace {

// The few lines of nvml.h that are needed here: that header comes with CUDA's development files, which a user does not have.
using Device = void*;
struct Use {
  unsigned gpu_percent, memory_percent;
};
struct Memory {
  unsigned long long total, free, used;
};
constexpr unsigned kSensorOfGpu = 0;
constexpr unsigned kNameBytes = 96;

}  // namespace

// NVML while it is open.
class Gpus::Library {
 public:
  // Nothing when the driver is not there or does not answer.
  static std::unique_ptr<Library> open() {
    auto library = std::make_unique<Library>(::dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL));
    if (!library->handle_ || !library->find_functions()) return nullptr;
    library->is_open_ = library->init_() == 0;
    return library->is_open_ ? std::move(library) : nullptr;
  }

  // `handle` may be null. open() makes them.
  explicit Library(void* handle) : handle_(handle) {}
  ~Library() {
    if (is_open_) shut_down_();
    if (handle_) ::dlclose(handle_);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  std::vector<GpuSample> sample() {
    unsigned count = 0;
    if (count_(&count) != 0) return {};
    std::vector<GpuSample> cards;
    for (unsigned i = 0; i < count; ++i) {
      Device device = nullptr;
      if (device_(i, &device) == 0) cards.push_back(sample_of(device));
    }
    return cards;
  }

 private:
  template <class Function>
  bool find(Function*& function, const char* name) {
    function = reinterpret_cast<Function*>(::dlsym(handle_, name));
    return function != nullptr;
  }

  bool find_functions() {
    return find(init_, "nvmlInit_v2") && find(shut_down_, "nvmlShutdown") && find(count_, "nvmlDeviceGetCount_v2") &&
           find(device_, "nvmlDeviceGetHandleByIndex_v2") && find(name_, "nvmlDeviceGetName") && find(use_, "nvmlDeviceGetUtilizationRates") &&
           find(temperature_, "nvmlDeviceGetTemperature") && find(memory_, "nvmlDeviceGetMemoryInfo");
  }

  GpuSample sample_of(Device device) {
    GpuSample sample;
    char name[kNameBytes] = {};
    if (name_(device, name, kNameBytes) == 0) sample.name = name;
    Use use{};
    if (use_(device, &use) == 0) sample.use_percent = use.gpu_percent;
    unsigned temperature = 0;
    if (temperature_(device, kSensorOfGpu, &temperature) == 0) sample.temperature_c = temperature;
    Memory memory{};
    if (memory_(device, &memory) == 0) {
      sample.memory_used_bytes = memory.used;
      sample.memory_total_bytes = memory.total;
    }
    return sample;
  }

  void* handle_;
  bool is_open_ = false;
  int (*init_)() = nullptr;
  int (*shut_down_)() = nullptr;
  int (*count_)(unsigned*) = nullptr;
  int (*device_)(unsigned, Device*) = nullptr;
  int (*name_)(Device, char*, unsigned) = nullptr;
  int (*use_)(Device, Use*) = nullptr;
  int (*temperature_)(Device, unsigned, unsigned*) = nullptr;
  int (*memory_)(Device, Memory*) = nullptr;
};

Gpus::Gpus() = default;
Gpus::~Gpus() = default;

std::vector<GpuSample> Gpus::sample() {
  if (!looked_) library_ = Library::open();
  looked_ = true;
  return library_ ? library_->sample() : std::vector<GpuSample>{};
}

}  // namespace fragua
