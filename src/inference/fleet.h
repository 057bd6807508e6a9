// Fleet: the loaded models: starts an engine when a model is first asked for, keeps it while it is used and for its keep-alive,
// makes room by ending the one used longest ago, waiting for it while all are in use. On GPUs it ends idle ones only: what does not
// fit there beside the others is computed on the CPU. One model's load never blocks another's
// answers. Callers: service. Threads: the loop's only. A lease keeps its engine; a crashed engine leaves the fleet at once.
// Memory: what engines are measured to take decides, the file's size only for a model that was never loaded.
#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "inference/engine_process.h"

namespace fragua::inference {

struct FleetOptions {
  std::vector<std::string> engine_argv;                    // the program and its sub-command
  std::chrono::seconds keep_alive{300};
  std::chrono::seconds load_timeout{300};
  std::size_t queue_max_requests = 512;                    // running and waiting, over all models
  std::size_t models_max = 3;                              // loaded at once
  std::uint64_t memory_bytes = 0;                          // 0: what the machine has available
  std::function<std::uint64_t()> gpu_free_bytes;           // of all GPUs that engines use; empty: they use none
};

// nothing: the default. Negative: for ever.
using KeepAlive = std::optional<std::chrono::nanoseconds>;

struct LoadedModel {
  std::string key;
  std::string name;
  std::uint64_t resident_bytes = 0;
  std::uint64_t gpu_bytes = 0;                             // on top of those
  bool is_all_on_gpu = false;
  std::uint32_t context_tokens = 0;                        // of the latest request
  std::optional<SystemTime> expires_at;                    // nothing: never
  std::size_t active = 0;
  bool loading = false;
  int pid = 0;
};

class Fleet;
struct FleetMember;

// A model in use. Its engine is not ended while a lease is held (but may crash: then its streams say so).
class Lease {
 public:
  ~Lease();
  EngineProcess& engine() { return *engine_; }
  std::uint64_t load_ns() const { return load_ns_; }      // waited for the load; 0 if it was there
  // Fleet::acquire makes them.
  Lease(std::shared_ptr<Fleet*> fleet, std::shared_ptr<FleetMember> member);

 private:
  friend class Fleet;
  std::shared_ptr<Fleet*> fleet_;                          // points to null once the fleet is gone
  std::shared_ptr<FleetMember> member_;                    // not the key: after a crash another engine has it
  std::shared_ptr<EngineProcess> engine_;
  std::uint64_t load_ns_ = 0;
};

class Fleet {
 public:
  Fleet(asio::any_io_executor executor, FleetOptions options, const Clock& clock, Log& log);
  ~Fleet();

  struct Wanted {
    std::string key;                                       // same key, same engine
    std::string name;                                      // shown
    std::uint64_t file_bytes = 0;
    std::uint32_t context_tokens = 0;                      // what this request asks for, shown by loaded()
    engine::LoadRequest load;                              // an idle model that is loaded otherwise is loaded again
  };
  // Without a keep-alive the model keeps the one it has. Error(overloaded) when too many requests are in the house or no memory
  // can be freed in time; else as the engine says.
  Task<std::unique_ptr<Lease>> acquire(Wanted wanted, KeepAlive keep_alive);
  void unload(const std::string& key);                     // when its last lease ends
  std::vector<LoadedModel> loaded() const;
  std::size_t active_requests() const { return active_; }
  EngineProcess* find(const std::string& key);
  Task<> shut_down();

 private:
  friend class Lease;
  using Member = FleetMember;

  void release(Member& member);
  bool holds(const Member& member) const;
  void expire_later(Member& member);
  void remove(std::shared_ptr<Member> member);
  Task<> make_room(Member& member);
  Task<> make_room_on_gpu(Member& member);
  bool is_gpu_full() const;
  Task<> end_if_loaded_otherwise(const Wanted& wanted);
  Task<> evict(Member& member, std::string in_favour_of);
  bool is_tight(const Member& member) const;
  bool can_ever_fit(const Member& member) const;
  struct Held {
    std::size_t models = 0;
    std::uint64_t bytes = 0;
  };
  Held held() const;
  void wake_waiting();
  Member* least_recent_idle(bool on_gpu);
  static Task<> load(Fleet& fleet, std::shared_ptr<Member> member, Wanted wanted);
  void tell_failed(Member& member, const Error& error);
  std::uint64_t needed_bytes(const Wanted& wanted) const;
  std::uint64_t needed_gpu_bytes(const Wanted& wanted) const;

  asio::any_io_executor executor_;
  FleetOptions options_;
  const Clock& clock_;
  Log& log_;
  std::size_t active_ = 0;
  std::map<std::string, std::shared_ptr<Member>> members_;
  struct Measured {
    std::uint64_t bytes = 0;
    std::uint64_t gpu_bytes = 0;
  };
  std::map<std::string, Measured> measured_;               // by key
  std::shared_ptr<Fleet*> self_;
};

}  // namespace fragua::inference
