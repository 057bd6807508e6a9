#include "search/dot.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace fragua::search;

TEST_CASE("dot: the quickest way gives what the plain one gives") {
  std::minstd_rand random(7);
  const auto quick = quickest_dot(), plain = portable_dot();
  for (std::size_t count = kDotStride; count <= kDotMax; count += kDotStride) {
    std::vector<std::int16_t> words(count);
    std::vector<std::int8_t> left(count), right(count);
    for (std::size_t i = 0; i < count; ++i) {
      words[i] = std::int16_t(std::int32_t(random() % (2 * kDotWord + 1)) - kDotWord);
      left[i] = std::int8_t(int(random() % 255) - 127);
      right[i] = std::int8_t(int(random() % 255) - 127);
    }
    REQUIRE(quick.words_and_bytes(words.data(), right.data(), count) == plain.words_and_bytes(words.data(), right.data(), count));
    REQUIRE(quick.bytes(left.data(), right.data(), count) == plain.bytes(left.data(), right.data(), count));
  }
}

TEST_CASE("dot: the largest values do not overflow") {
  const std::vector<std::int16_t> words(kDotMax, std::int16_t(kDotWord));
  const std::vector<std::int8_t> bytes(kDotMax, -127);
  for (const auto& dot : {quickest_dot(), portable_dot()}) {
    CHECK(dot.words_and_bytes(words.data(), bytes.data(), kDotMax) == -127 * kDotWord * std::int32_t(kDotMax));
    CHECK(dot.bytes(bytes.data(), bytes.data(), kDotMax) == 127 * 127 * std::int32_t(kDotMax));
  }
}
