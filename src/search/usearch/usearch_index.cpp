#include "search/usearch/usearch_index.h"

#include <algorithm>
#include <shared_mutex>
#include <usearch/index.hpp>

#include "base/error.h"
#include "search/scan.h"
#include "search/usearch/places.h"
#include "search/vector_store.h"

namespace fragua::search {

namespace {

using Slot = VectorStore::Slot;
using Graph = unum::usearch::index_gt<float, Slot, Slot>;

// The number of a stored vector that is compared with others, while it is put in.
struct Stored {
  Slot slot;
};

// Distances as the graph asks for them. Its slots are the store's.
class Distance {
 public:
  explicit Distance(const VectorStore& store) : store_(&store) {}

  template <class Member>
  float operator()(const VectorStore::Scaled* query, const Member& member) const {
    return 1 - store_->coarse(*query, Slot(get_slot(member)));
  }
  template <class Member>
  float operator()(Stored value, const Member& member) const {
    return 1 - store_->coarse(value.slot, Slot(get_slot(member)));
  }
  template <class Member>
  float operator()(const Member& a, const Member& b) const {
    return 1 - store_->coarse(Slot(get_slot(a)), Slot(get_slot(b)));
  }

 private:
  const VectorStore* store_;
};

// What is about to be compared.
class Prefetch {
 public:
  explicit Prefetch(const VectorStore& store) : store_(&store) {}

  template <class Iterator>
  void operator()(Iterator begin, Iterator end) const {
    for (; begin != end; ++begin) store_->prefetch(Slot(get_slot(begin)));
  }

 private:
  const VectorStore* store_;
};

template <class Answer>
void check(Answer& answer) {
  if (answer) return;
  const std::string what = answer.error.release();
  throw Error(ErrorCode::internal, "the vector index failed: " + what);
}

}  // namespace

struct UsearchIndex::State {
  State(std::size_t dimensions, const UsearchOptions& wanted)
      : options(wanted), store(dimensions), graph(unum::usearch::index_config_t(wanted.connectivity)), places(wanted.searches_max) {
    grow(kFirstSlots);
  }

  static constexpr std::size_t kFirstSlots = 1024;

  void grow(std::size_t slots) {
    auto limits = unum::usearch::index_limits_t(slots, options.searches_max);
    if (!graph.try_reserve(limits)) throw Error(ErrorCode::internal, "the vector index ran out of memory");
  }

  bool is_removed(Slot slot) const { return removed[slot]; }
  // There is one writer at a time, and no reader beside it.
  unum::usearch::index_update_config_t while_adding() const {
    unum::usearch::index_update_config_t config;
    config.expansion = options.expansion_add;
    return config;
  }

  void put(std::int64_t id, const VectorStore::Scaled& vector);
  void put_at(Slot slot, std::int64_t id, const VectorStore::Scaled& vector);
  void append(std::int64_t id, const VectorStore::Scaled& vector);
  std::vector<Slot> near(const VectorStore::Scaled& query, std::size_t count, const SlotTest& passes) const;
  bool refuses_most(const Filter& filter) const;

  UsearchOptions options;
  mutable std::shared_mutex mutex;
  VectorStore store;
  Graph graph;
  std::vector<bool> removed;    // by slot
  std::vector<Slot> free_slots;
  mutable Places places;
};

void UsearchIndex::State::put(std::int64_t id, const VectorStore::Scaled& vector) {
  if (const auto slot = store.find(id)) return put_at(*slot, id, vector);
  if (free_slots.empty()) return append(id, vector);
  const auto slot = free_slots.back();
  put_at(slot, id, vector);
  free_slots.pop_back();
  removed[slot] = false;
}

void UsearchIndex::State::put_at(Slot slot, std::int64_t id, const VectorStore::Scaled& vector) {
  store.assign(slot, id, vector);
  auto updated = graph.update(graph.iterator_at(slot), slot, Stored{slot}, Distance(store), while_adding(), unum::usearch::dummy_callback_t{}, Prefetch(store));
  check(updated);
}

void UsearchIndex::State::append(std::int64_t id, const VectorStore::Scaled& vector) {
  if (graph.size() == graph.capacity()) grow(2 * graph.capacity());
  const auto slot = store.append(id, vector);
  removed.push_back(false);
  auto added = graph.add(slot, Stored{slot}, Distance(store), while_adding(), unum::usearch::dummy_callback_t{}, Prefetch(store));
  check(added);
}

// All that the walk kept in sight: its own order is coarse, and the caller looks again.
std::vector<Slot> UsearchIndex::State::near(const VectorStore::Scaled& query, std::size_t count, const SlotTest& passes) const {
  const Places::Taken place(places);
  unum::usearch::index_search_config_t config;
  config.expansion = count;
  config.thread = place.number();
  const auto allowed = [&](const auto& member) { return passes(Slot(get_slot(member))); };
  auto found = graph.search(&query, count, Distance(store), config, allowed, Prefetch(store));
  check(found);
  std::vector<Slot> slots;
  for (std::size_t i = 0; i < found.size(); ++i) slots.push_back(Slot(found[i].member.slot));
  return slots;
}

// By a sample that is spread without a rhythm, which ids may have too.
bool UsearchIndex::State::refuses_most(const Filter& filter) const {
  constexpr std::size_t kSample = 1000, kGoldenRatio = 2654435769;
  std::size_t asked = 0, passed = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(kSample, store.slots()); ++i) {
    const auto slot = Slot((i * kGoldenRatio & 0xffffffff) * store.slots() >> 32);
    if (is_removed(slot)) continue;
    ++asked;
    passed += filter(store.id(slot));
  }
  return double(passed) < options.scan_below * double(asked);
}

UsearchIndex::UsearchIndex(std::size_t dimensions, UsearchOptions options) : state_(std::make_unique<State>(dimensions, options)) {}
UsearchIndex::~UsearchIndex() = default;

void UsearchIndex::add(std::int64_t id, std::span<const float> vector) {
  const auto scaled = state_->store.scaled(vector);
  const std::unique_lock lock(state_->mutex);
  state_->put(id, scaled);
}

void UsearchIndex::remove(std::int64_t id) {
  const std::unique_lock lock(state_->mutex);
  const auto slot = state_->store.find(id);
  if (!slot) return;
  state_->store.forget(*slot);
  state_->removed[*slot] = true;
  state_->free_slots.push_back(*slot);
}

std::vector<Hit> UsearchIndex::search(std::span<const float> query, std::size_t k, const Filter& filter) const {
  const auto& state = *state_;
  const auto scaled = state.store.scaled(query);
  const std::shared_lock lock(state.mutex);
  k = std::min(k, state.store.ids());
  if (k == 0) return {};
  const auto passes = [&](Slot slot) { return !state.is_removed(slot) && (!filter || filter(state.store.id(slot))); };
  if (filter && state.refuses_most(filter)) return scan(state.store, scaled, k, passes);
  return state.store.best(scaled, state.near(scaled, std::max(k, state.options.expansion_search), passes), k);
}

std::vector<Hit> UsearchIndex::search_among(std::span<const float> query, std::size_t k, std::span<const std::int64_t> ids) const {
  const auto scaled = state_->store.scaled(query);
  const std::shared_lock lock(state_->mutex);
  return state_->store.best(scaled, state_->store.slots_of(ids), k);
}

std::size_t UsearchIndex::size() const {
  const std::shared_lock lock(state_->mutex);
  return state_->store.ids();
}

std::size_t UsearchIndex::memory_bytes() const {
  const std::shared_lock lock(state_->mutex);
  return state_->store.memory_bytes() + state_->graph.memory_usage();
}

}  // namespace fragua::search
