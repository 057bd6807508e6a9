#include "search/dot.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace fragua::search {

namespace {

template <class Left>
std::int32_t plain(const Left* a, const std::int8_t* b, std::size_t count) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += std::int32_t(a[i]) * b[i];
  return sum;
}

#if defined(__x86_64__)

#define FRAGUA_AVX2 __attribute__((target("avx2")))

FRAGUA_AVX2 inline __m256i sixteen(const std::int16_t* from) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)); }

FRAGUA_AVX2 inline __m256i sixteen(const std::int8_t* from) {
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
}

template <class Left>
FRAGUA_AVX2 std::int32_t avx2(const Left* a, const std::int8_t* b, std::size_t count) {
  auto even = _mm256_setzero_si256(), odd = _mm256_setzero_si256();
  for (std::size_t i = 0; i < count; i += kDotStride) {
    even = _mm256_add_epi32(even, _mm256_madd_epi16(sixteen(a + i), sixteen(b + i)));
    odd = _mm256_add_epi32(odd, _mm256_madd_epi16(sixteen(a + i + 16), sixteen(b + i + 16)));
  }
  const auto eight = _mm256_add_epi32(even, odd);
  const auto four = _mm_add_epi32(_mm256_castsi256_si128(eight), _mm256_extracti128_si256(eight, 1));
  const auto two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0b01001110));
  return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0b10110001)));
}

#undef FRAGUA_AVX2

#endif

}  // namespace

Dot portable_dot() { return {plain<std::int16_t>, plain<std::int8_t>}; }

Dot quickest_dot() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return {avx2<std::int16_t>, avx2<std::int8_t>};
#endif
  return portable_dot();
}

}  // namespace fragua::search
