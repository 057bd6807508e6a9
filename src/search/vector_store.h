// VectorStore: vectors as integers of 15 bits in two planes of bytes: the coarse plane alone says which are worth a second look, both
// together give cosines within 0.0001. 2 bytes a dimension.
// Callers: flat, usearch. Threads: as a container of the standard library; blocks do not move when it grows.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "search/dot.h"
#include "search/hit.h"

namespace fragua::search {

class VectorStore {
 public:
  using Slot = std::uint32_t;

  // A vector made ready to be stored, or compared with many.
  struct Scaled {
    std::vector<std::int16_t> values;
    float scale = 0;   // of a value
    float length = 0;
  };

  explicit VectorStore(std::size_t dimensions);

  // Error(invalid_argument) unless it has the right number of dimensions and all are finite.
  Scaled scaled(std::span<const float> vector) const;
  Slot append(std::int64_t id, const Scaled& vector);
  void assign(Slot slot, std::int64_t id, const Scaled& vector);
  void forget(Slot slot);  // its id is found no more; the slot stays
  void drop(Slot slot);    // the last slot takes its place

  Slot slots() const { return slots_; }
  std::size_t ids() const { return slot_of_.size(); }
  std::optional<Slot> find(std::int64_t id) const;
  std::vector<Slot> slots_of(std::span<const std::int64_t> ids) const;  // of those that are here
  std::int64_t id(Slot slot) const { return block(slot).ids[slot % kSlots]; }

  // Cosines, as far as the vectors are of unit length.
  float coarse(const Scaled& query, Slot slot) const;
  float coarse(Slot a, Slot b) const;
  float exact(const Scaled& query, Slot slot) const;
  // Says that the coarse plane of a slot is read soon: memory far apart is what a walk over a graph waits for.
  void prefetch(Slot slot) const;
  // How far coarse may be from exact.
  float margin(const Scaled& query, Slot slot) const { return query.length * block(slot).margins[slot % kSlots] + kRounding; }
  // The k best of these slots, best first; equals by id.
  std::vector<Hit> best(const Scaled& query, const std::vector<Slot>& slots, std::size_t k) const;

  std::size_t memory_bytes() const;

 private:
  static constexpr Slot kSlots = 256;         // of a block
  static constexpr float kRounding = 1e-6F;  // of what is computed in floats

  struct Block {
    explicit Block(std::size_t stride);
    std::vector<std::int8_t> memory;
    std::int8_t* coarse = nullptr;  // both begin with a cache line
    std::int8_t* fine = nullptr;
    std::int64_t ids[kSlots] = {};
    float scales[kSlots] = {};
    float margins[kSlots] = {};
  };

  Block& block(Slot slot) { return *blocks_[slot / kSlots]; }
  const Block& block(Slot slot) const { return *blocks_[slot / kSlots]; }
  std::size_t offset(Slot slot) const { return stride_ * (slot % kSlots); }

  std::size_t dimensions_;
  std::size_t stride_;
  Dot dot_;
  Slot slots_ = 0;
  std::vector<std::unique_ptr<Block>> blocks_;
  std::unordered_map<std::int64_t, Slot> slot_of_;
};

}  // namespace fragua::search
