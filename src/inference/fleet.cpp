#include "inference/fleet.h"

#include <algorithm>
#include <fstream>

#include "base/strings.h"

namespace fragua::inference {

namespace {

constexpr std::chrono::seconds kShutDownLimit{3};
constexpr std::chrono::seconds kRoomCheck{1};  // how often, at least, a model that waits for room looks again
constexpr std::uint64_t kLoadOverheadBytes = 200ull << 20;  // contexts and buffers of a model not measured yet
constexpr std::uint64_t kGpuOverheadBytes = 1536ull << 20;  // the same on a GPU, with the driver's part and what stays free

std::uint64_t available_memory_bytes() {
  std::ifstream info("/proc/meminfo");
  std::string key, unit;
  std::uint64_t kib = 0;
  while (info >> key >> kib >> unit)
    if (key == "MemAvailable:") return kib << 10;
  return 0;
}

// With less the driver's part, some hundred MB for each engine, leaves nothing for a model.
constexpr std::uint64_t kGpuLeastBytes = 1ull << 30;

bool is_loaded_as(const engine::LoadRequest& loaded, const engine::LoadRequest& wanted) {
  return loaded.gpu_layers == wanted.gpu_layers && loaded.use_mmap == wanted.use_mmap;
}

}  // namespace

struct FleetMember : std::enable_shared_from_this<FleetMember> {
  FleetMember(asio::any_io_executor executor, std::string key, std::string name)
      : key(std::move(key)), name(std::move(name)), changed(executor, asio::steady_timer::time_point::max()), expiry(executor), room(executor) {}

  std::string key;
  std::string name;
  std::shared_ptr<EngineProcess> engine;       // null while it loads
  std::optional<Error> load_error;
  std::size_t leases = 0;
  std::uint64_t needed_bytes = 0;              // expected, until the engine can be measured
  std::uint64_t needed_gpu_bytes = 0;          // to be on the GPU whole
  engine::LoadRequest load;                    // as it was loaded
  bool has_room = false;                       // it is loaded or may load
  std::uint32_t context_tokens = 0;
  std::chrono::nanoseconds keep_alive{0};      // negative: for ever
  std::optional<SystemTime> expires_at;
  SteadyTime last_used;
  asio::steady_timer changed;                  // cancelled when loading ends
  asio::steady_timer expiry;
  asio::steady_timer room;                     // while it waits for some: cancelled when another becomes idle or leaves
};

Lease::Lease(std::shared_ptr<Fleet*> fleet, std::shared_ptr<FleetMember> member)
    : fleet_(std::move(fleet)), member_(std::move(member)) {}

Lease::~Lease() {
  if (*fleet_) (*fleet_)->release(*member_);
}

Fleet::Fleet(asio::any_io_executor executor, FleetOptions options, const Clock& clock, Log& log)
    : executor_(executor), options_(std::move(options)), clock_(clock), log_(log), self_(std::make_shared<Fleet*>(this)) {}

Fleet::~Fleet() { *self_ = nullptr; }

Task<std::unique_ptr<Lease>> Fleet::acquire(Wanted wanted, KeepAlive keep_alive) {
  if (active_ >= options_.queue_max_requests)
    throw Error(ErrorCode::overloaded, "server busy, please try again.  maximum pending requests exceeded");
  const auto start = clock_.steady();
  co_await end_if_loaded_otherwise(wanted);
  const auto key = wanted.key;
  auto& slot = members_[key];
  const bool is_new = !slot;
  if (is_new) {
    slot = std::make_shared<Member>(executor_, key, wanted.name);
    slot->keep_alive = options_.keep_alive;
    slot->needed_bytes = needed_bytes(wanted);
    slot->needed_gpu_bytes = needed_gpu_bytes(wanted);
    slot->load = wanted.load;
  }
  const auto member = slot;
  member->context_tokens = wanted.context_tokens;
  ++member->leases;
  ++active_;
  member->expiry.cancel();
  member->expires_at.reset();
  if (keep_alive) member->keep_alive = *keep_alive;
  // From here on the lease gives back what was taken, also when loading fails.
  auto lease = std::make_unique<Lease>(self_, member);
  if (is_new) asio::co_spawn(executor_, load(*this, member, std::move(wanted)), asio::detached);
  while (!member->engine && !member->load_error) {
    boost::system::error_code ignored;
    co_await member->changed.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (member->load_error) throw *member->load_error;
  lease->engine_ = member->engine;
  if (is_new) lease->load_ns_ = std::uint64_t((clock_.steady() - start) / std::chrono::nanoseconds(1));
  co_return lease;
}

Task<> Fleet::load(Fleet& fleet, std::shared_ptr<Member> member, Wanted wanted) {
  const auto start = fleet.clock_.steady();
  try {
    co_await fleet.make_room(*member);
    co_await fleet.make_room_on_gpu(*member);
    if (fleet.is_gpu_full()) wanted.load.gpu_layers = 0;
    auto engine = co_await EngineProcess::start(fleet.options_.engine_argv, std::move(wanted.load), fleet.options_.load_timeout);
    engine->on_end([weak = std::weak_ptr(fleet.self_), weak_member = std::weak_ptr(member)] {
      const auto alive = weak.lock();
      const auto ended = weak_member.lock();
      if (alive && *alive && ended) (*alive)->remove(ended);
    });
    if (!engine->alive()) throw Error(ErrorCode::unavailable, "the engine ended as soon as it had loaded the model");
    member->engine = std::move(engine);
    fleet.measured_[member->key] = {member->engine->resident_bytes(), member->engine->gpu_bytes()};
    fleet.log_.info("model.loaded", {{"model", member->name},
                                     {"load_ms", (fleet.clock_.steady() - start) / std::chrono::milliseconds(1)},
                                     {"resident_bytes", member->engine->resident_bytes()},
                                     {"gpu_bytes", member->engine->gpu_bytes()}});
  } catch (const Error& error) {
    fleet.tell_failed(*member, error);
  } catch (const std::exception& error) {  // no process or descriptor left: the server goes on
    fleet.tell_failed(*member, Error(ErrorCode::unavailable, std::string("the engine could not be started: ") + error.what()));
  }
  member->changed.cancel();
}

void Fleet::tell_failed(Member& member, const Error& error) {
  member.load_error = error;
  log_.warn("model.load_failed", {{"model", member.name}, {"error", error.what()}});
  if (holds(member)) members_.erase(member.key);
  wake_waiting();
}

// What is on a GPU takes no memory of the machine.
std::uint64_t Fleet::needed_bytes(const Wanted& wanted) const {
  const auto measured = measured_.find(wanted.key);
  if (measured != measured_.end()) return measured->second.bytes;
  const auto on_gpu = needed_gpu_bytes(wanted) > 0 ? std::min(options_.gpu_free_bytes(), wanted.file_bytes) : 0;
  return wanted.file_bytes - on_gpu + kLoadOverheadBytes;
}

// At least what its files are: the last time it may have had to share.
std::uint64_t Fleet::needed_gpu_bytes(const Wanted& wanted) const {
  if (!options_.gpu_free_bytes || wanted.load.gpu_layers == 0) return 0;
  const auto measured = measured_.find(wanted.key);
  return std::max(wanted.file_bytes, measured != measured_.end() ? measured->second.gpu_bytes : 0) + kGpuOverheadBytes;
}

Fleet::Member* Fleet::least_recent_idle(bool on_gpu) {
  Member* oldest = nullptr;
  for (const auto& [key, member] : members_) {
    if (member->leases > 0 || !member->engine || (on_gpu && member->engine->gpu_bytes() == 0)) continue;
    if (!oldest || member->last_used < oldest->last_used) oldest = member.get();
  }
  return oldest;
}

// What the loaded models take: measured, or expected while they load. Those that still wait for room take none.
Fleet::Held Fleet::held() const {
  Held held;
  for (const auto& [key, member] : members_) {
    if (!member->has_room) continue;
    ++held.models;
    held.bytes += member->engine ? member->engine->resident_bytes() : member->needed_bytes;
  }
  return held;
}

bool Fleet::is_tight(const Member& member) const {
  const auto held = this->held();
  if (held.models >= options_.models_max) return true;
  if (options_.memory_bytes == 0) return member.needed_bytes > available_memory_bytes();
  return held.bytes + member.needed_bytes > options_.memory_bytes;
}

bool Fleet::can_ever_fit(const Member& member) const {
  const auto limit = options_.memory_bytes > 0 ? options_.memory_bytes : available_memory_bytes() + held().bytes;
  return member.needed_bytes <= limit;
}

Task<> Fleet::evict(Member& member, std::string in_favour_of) {
  const auto engine = member.engine;
  log_.info("model.evicted", {{"model", member.name}, {"for", in_favour_of}});
  remove(member.shared_from_this());
  co_await engine->shut_down(kShutDownLimit);
}

void Fleet::wake_waiting() {
  for (const auto& [key, member] : members_)
    if (!member->has_room) member->room.cancel();
}

Task<> Fleet::make_room(Member& member) {
  if (!can_ever_fit(member))
    throw Error(ErrorCode::overloaded, "not enough memory to load " + member.name + ": it needs about " + human_bytes(member.needed_bytes) +
                                           "; try a smaller model or a smaller quantisation, or raise memory_bytes if it is set");
  const auto until = clock_.steady() + options_.load_timeout;
  while (is_tight(member)) {
    if (auto* oldest = least_recent_idle(false)) {
      co_await evict(*oldest, member.name);
      continue;
    }
    if (held().models == 0 || clock_.steady() >= until)
      throw Error(ErrorCode::overloaded, "not enough memory to load " + member.name + " while others are in use; try again later");
    boost::system::error_code ignored;
    member.room.expires_after(kRoomCheck);
    co_await member.room.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  member.has_room = true;
}

// What does not fit beside models in use goes to the GPU in part, or not at all.
Task<> Fleet::make_room_on_gpu(Member& member) {
  while (member.needed_gpu_bytes > 0 && member.needed_gpu_bytes > options_.gpu_free_bytes()) {
    auto* oldest = least_recent_idle(true);
    if (!oldest) co_return;
    co_await evict(*oldest, member.name);
  }
}

bool Fleet::is_gpu_full() const { return options_.gpu_free_bytes && options_.gpu_free_bytes() < kGpuLeastBytes; }

// While others use it, it stays as it is.
Task<> Fleet::end_if_loaded_otherwise(const Wanted& wanted) {
  const auto found = members_.find(wanted.key);
  if (found == members_.end()) co_return;
  auto& member = *found->second;
  if (member.leases == 0 && member.engine && !is_loaded_as(member.load, wanted.load)) co_await evict(member, wanted.name);
}

bool Fleet::holds(const Member& member) const {
  const auto found = members_.find(member.key);
  return found != members_.end() && found->second.get() == &member;
}

void Fleet::release(Member& member) {
  --active_;
  member.last_used = clock_.steady();
  --member.leases;
  if (member.leases > 0 || !member.engine || !holds(member)) return;
  wake_waiting();
  if (member.keep_alive == std::chrono::nanoseconds::zero()) return remove(member.shared_from_this());
  if (member.keep_alive > std::chrono::nanoseconds::zero()) expire_later(member);
}

void Fleet::expire_later(Member& member) {
  member.expires_at = clock_.system() + std::chrono::duration_cast<SystemTime::duration>(member.keep_alive);
  member.expiry.expires_after(std::chrono::duration_cast<asio::steady_timer::duration>(member.keep_alive));
  member.expiry.async_wait([weak = std::weak_ptr(self_), weak_member = member.weak_from_this()](boost::system::error_code cancelled) {
    const auto fleet = weak.lock();
    const auto expired = weak_member.lock();
    if (!cancelled && fleet && *fleet && expired && expired->leases == 0) (*fleet)->remove(expired);
  });
}

namespace {

Task<> shut_down_engine(std::shared_ptr<EngineProcess> engine) { co_await engine->shut_down(kShutDownLimit); }

}  // namespace

// Nothing if it left already: another one may have its key by now.
void Fleet::remove(std::shared_ptr<Member> member) {
  if (!holds(*member)) return;
  members_.erase(member->key);
  wake_waiting();
  const auto engine = member->engine;
  if (engine && engine->alive()) asio::co_spawn(executor_, shut_down_engine(engine), asio::detached);
}

void Fleet::unload(const std::string& key) {
  const auto found = members_.find(key);
  if (found == members_.end()) return;
  found->second->keep_alive = std::chrono::nanoseconds::zero();
  if (found->second->leases == 0) remove(found->second);
}

std::vector<LoadedModel> Fleet::loaded() const {
  std::vector<LoadedModel> result;
  for (const auto& [key, member] : members_) {
    LoadedModel model;
    model.key = key;
    model.name = member->name;
    model.loading = !member->engine;
    model.active = member->leases;
    model.context_tokens = member->context_tokens;
    if (member->engine) {
      const auto& info = member->engine->info();
      if (info.context_train > 0) model.context_tokens = std::min(model.context_tokens, info.context_train);
      model.is_all_on_gpu = info.layers > 0 && info.gpu_layers == info.layers;
      model.gpu_bytes = member->engine->gpu_bytes();
      model.resident_bytes = member->engine->resident_bytes();
      model.pid = member->engine->pid();
    }
    if (member->keep_alive >= std::chrono::nanoseconds::zero())
      model.expires_at = member->expires_at.value_or(clock_.system() + std::chrono::duration_cast<SystemTime::duration>(member->keep_alive));
    result.push_back(std::move(model));
  }
  return result;
}

EngineProcess* Fleet::find(const std::string& key) {
  const auto found = members_.find(key);
  return found == members_.end() ? nullptr : found->second->engine.get();
}

Task<> Fleet::shut_down() {
  std::vector<std::shared_ptr<EngineProcess>> engines;
  for (const auto& [key, member] : members_)
    if (member->engine) engines.push_back(member->engine);
  members_.clear();
  for (const auto& engine : engines) co_await engine->shut_down(kShutDownLimit);
}

}  // namespace fragua::inference
