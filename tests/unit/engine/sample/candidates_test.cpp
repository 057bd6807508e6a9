#include "engine/sample/candidates.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

using namespace fragua::engine;

TEST_CASE("candidates: the best k of a large row are those of a full sort, ties to the lower token") {
  std::mt19937 random(5);
  for (int round = 0; round < 60; ++round) {
    const int size = 1 + int(random() % 20000);
    std::vector<float> logits(static_cast<std::size_t>(size));
    // Few distinct values, so that ties are everywhere; sometimes rising, the worst order for a threshold.
    for (int i = 0; i < size; ++i) logits[std::size_t(i)] = round % 3 ? float(random() % 50) : float(i / 7);
    TokenMask mask(size);
    const bool masked = round % 2;
    if (masked)
      for (int token = 0; token < size; ++token)
        if (random() % 4) mask.forbid(token);
    std::vector<std::pair<float, Token>> sorted;
    for (Token token = 0; token < size; ++token)
      if (!masked || mask.allows(token)) sorted.emplace_back(-logits[std::size_t(token)], token);
    std::sort(sorted.begin(), sorted.end());
    const int count = 1 + int(random() % 100);
    std::vector<Candidate> best;
    top_candidates(logits, masked ? &mask : nullptr, count, best);
    REQUIRE(best.size() == std::min(sorted.size(), std::size_t(count)));
    for (std::size_t i = 0; i < best.size(); ++i) CHECK(best[i].token == sorted[i].second);
  }
}

TEST_CASE("candidates: without a count all allowed ones are there") {
  std::vector<float> logits{3, 1, 2};
  TokenMask mask(3);
  mask.forbid(1);
  std::vector<Candidate> all;
  top_candidates(logits, &mask, 0, all);
  REQUIRE(all.size() == 2);
  CHECK(all[0].token == 0);
  CHECK(all[1].token == 2);
}

TEST_CASE("candidates: log_sum_exp does not overflow") {
  const std::vector<float> logits{500, 500};
  CHECK(log_sum_exp(logits) == doctest::Approx(500 + std::log(2.0)));
}
