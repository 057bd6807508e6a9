// Dot products of small integers: the inner loop of every vector search.
// Callers: vector_store. Threads: pure. Uses AVX2 where the processor has it.
// `count` is a multiple of kDotStride and at most kDotMax; words are at most kDotWord, bytes at most 127: then no sum overflows.
#pragma once
#include <cstddef>
#include <cstdint>

namespace fragua::search {

constexpr std::size_t kDotStride = 32;
constexpr std::size_t kDotMax = 1024;
constexpr std::int32_t kDotWord = 127 * 128;

struct Dot {
  std::int32_t (*words_and_bytes)(const std::int16_t* a, const std::int8_t* b, std::size_t count);
  std::int32_t (*bytes)(const std::int8_t* a, const std::int8_t* b, std::size_t count);
};

Dot quickest_dot();  // for this processor
Dot portable_dot();

}  // namespace fragua::search
