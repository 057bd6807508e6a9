#include "search/vector_store.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/error.h"
#include "search/vector_index.h"

namespace fragua::search {

namespace {

constexpr std::int32_t kCoarse = 128;      // a value of the coarse plane counts as many of the fine one
constexpr std::size_t kCacheLine = 64;

std::size_t rounded_up(std::size_t count, std::size_t to) { return (count + to - 1) / to * to; }

// In pieces that cannot overflow.
template <class Left>
float sum_of(std::int32_t (*dot)(const Left*, const std::int8_t*, std::size_t), const Left* a, const std::int8_t* b, std::size_t count) {
  if (count <= kDotMax) return float(dot(a, b, count));
  float sum = 0;
  for (std::size_t at = 0; at < count; at += kDotMax) sum += float(dot(a + at, b + at, std::min(kDotMax, count - at)));
  return sum;
}

}  // namespace

VectorStore::Block::Block(std::size_t stride) : memory(2 * kSlots * stride + kCacheLine) {
  void* begin = memory.data();
  auto space = memory.size();
  coarse = static_cast<std::int8_t*>(std::align(kCacheLine, 2 * kSlots * stride, begin, space));
  fine = coarse + kSlots * stride;
}

VectorStore::VectorStore(std::size_t dimensions) : dimensions_(dimensions), stride_(rounded_up(dimensions, kDotStride)), dot_(quickest_dot()) {
  if (dimensions == 0 || dimensions > kDimensionsMax)
    throw Error(ErrorCode::invalid_argument, "vectors need 1 to " + std::to_string(kDimensionsMax) + " dimensions");
}

VectorStore::Scaled VectorStore::scaled(std::span<const float> vector) const {
  if (vector.size() != dimensions_)
    throw Error(ErrorCode::invalid_argument,
                "the vector has " + std::to_string(vector.size()) + " dimensions; the index has " + std::to_string(dimensions_));
  float largest = 0, squares = 0;
  for (const float value : vector) {
    if (!std::isfinite(value)) throw Error(ErrorCode::invalid_argument, "the vector holds a number that is not finite");
    largest = std::max(largest, std::abs(value));
    squares += value * value;
  }
  Scaled result{.values = std::vector<std::int16_t>(stride_), .scale = largest / float(kDotWord), .length = std::sqrt(squares)};
  if (result.scale > 0)
    for (std::size_t i = 0; i < vector.size(); ++i) result.values[i] = std::int16_t(std::lround(vector[i] / result.scale));
  return result;
}

VectorStore::Slot VectorStore::append(std::int64_t id, const Scaled& vector) {
  if (slots_ == std::numeric_limits<Slot>::max()) throw Error(ErrorCode::too_large, "the vector index is full");
  if (slots_ == blocks_.size() * kSlots) blocks_.push_back(std::make_unique<Block>(stride_));
  const auto slot = slots_++;
  assign(slot, id, vector);
  return slot;
}

void VectorStore::assign(Slot slot, std::int64_t id, const Scaled& vector) {
  auto& to = block(slot);
  auto* coarse = to.coarse + offset(slot);
  auto* fine = to.fine + offset(slot);
  float squares = 0;
  for (std::size_t i = 0; i < stride_; ++i) {
    const int value = vector.values[i];
    coarse[i] = std::int8_t(std::lround(float(value) / kCoarse));
    fine[i] = std::int8_t(value - coarse[i] * kCoarse);
    squares += float(fine[i]) * float(fine[i]);
  }
  to.ids[slot % kSlots] = id;
  to.scales[slot % kSlots] = vector.scale;
  to.margins[slot % kSlots] = std::sqrt(squares) * vector.scale;
  slot_of_[id] = slot;
}

void VectorStore::forget(Slot slot) { slot_of_.erase(id(slot)); }

void VectorStore::drop(Slot slot) {
  forget(slot);
  const auto last = slots_ - 1;
  if (slot != last) {
    auto& to = block(slot);
    const auto& from = block(last);
    std::memcpy(to.coarse + offset(slot), from.coarse + offset(last), stride_);
    std::memcpy(to.fine + offset(slot), from.fine + offset(last), stride_);
    to.ids[slot % kSlots] = from.ids[last % kSlots];
    to.scales[slot % kSlots] = from.scales[last % kSlots];
    to.margins[slot % kSlots] = from.margins[last % kSlots];
    slot_of_[id(slot)] = slot;
  }
  slots_ = last;
  if (blocks_.size() * kSlots >= slots_ + 2 * kSlots) blocks_.pop_back();  // one is kept for the next
}

std::optional<VectorStore::Slot> VectorStore::find(std::int64_t id) const {
  const auto found = slot_of_.find(id);
  if (found == slot_of_.end()) return std::nullopt;
  return found->second;
}

std::vector<VectorStore::Slot> VectorStore::slots_of(std::span<const std::int64_t> ids) const {
  std::vector<Slot> slots;
  for (const auto id : ids)
    if (const auto slot = find(id)) slots.push_back(*slot);
  return slots;
}

float VectorStore::coarse(const Scaled& query, Slot slot) const {
  const auto& of = block(slot);
  return sum_of(dot_.words_and_bytes, query.values.data(), of.coarse + offset(slot), stride_) * float(kCoarse) * query.scale *
         of.scales[slot % kSlots];
}

float VectorStore::coarse(Slot a, Slot b) const {
  const auto &left = block(a), &right = block(b);
  return sum_of(dot_.bytes, static_cast<const std::int8_t*>(left.coarse + offset(a)), right.coarse + offset(b), stride_) *
         float(kCoarse * kCoarse) * left.scales[a % kSlots] * right.scales[b % kSlots];
}

void VectorStore::prefetch(Slot slot) const {
  const auto* begin = block(slot).coarse + offset(slot);
  for (std::size_t at = 0; at < stride_; at += kCacheLine) __builtin_prefetch(begin + at);
}

float VectorStore::exact(const Scaled& query, Slot slot) const {
  const auto& of = block(slot);
  return coarse(query, slot) +
         sum_of(dot_.words_and_bytes, query.values.data(), of.fine + offset(slot), stride_) * query.scale * of.scales[slot % kSlots];
}

std::vector<Hit> VectorStore::best(const Scaled& query, const std::vector<Slot>& slots, std::size_t k) const {
  std::vector<Hit> hits;
  hits.reserve(slots.size());
  for (const auto slot : slots) hits.push_back({id(slot), exact(query, slot)});
  const auto end = hits.begin() + std::ptrdiff_t(std::min(k, hits.size()));
  std::partial_sort(hits.begin(), end, hits.end(), [](const Hit& a, const Hit& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
  hits.erase(end, hits.end());
  return hits;
}

std::size_t VectorStore::memory_bytes() const {
  constexpr std::size_t kMapEntry = 48;  // node and bucket
  return blocks_.size() * (sizeof(Block) + 2 * kSlots * stride_ + kCacheLine) + slot_of_.size() * kMapEntry;
}

}  // namespace fragua::search
