#include <doctest/doctest.h>

#include <cmath>

#include "engine/sample/candidates.h"

using namespace fragua::engine;

namespace {

std::vector<Candidate> with_probabilities(std::initializer_list<double> probabilities) {
  std::vector<Candidate> candidates;
  for (double p : probabilities) candidates.push_back({Token(candidates.size()), float(std::log(p))});
  return candidates;
}

std::vector<Token> tokens(const std::vector<Candidate>& candidates) {
  std::vector<Token> result;
  for (const auto& candidate : candidates) result.push_back(candidate.token);
  std::sort(result.begin(), result.end());
  return result;
}

using Tokens = std::vector<Token>;

}  // namespace

TEST_CASE("filters: top-p keeps the token that reaches the limit") {
  for (auto [limit, expected] : {std::pair{0.45, Tokens{1}}, {0.55, Tokens{1, 2}}, {0.85, Tokens{0, 1, 2}}}) {
    auto candidates = with_probabilities({0.2, 0.5, 0.3});
    keep_top_p(candidates, limit);
    CHECK(tokens(candidates) == expected);
  }
}

TEST_CASE("filters: min-p is relative to the likeliest") {
  auto candidates = with_probabilities({0.6, 0.25, 0.15});
  keep_min_p(candidates, 0.4);
  CHECK(tokens(candidates) == Tokens{0, 1});
}

TEST_CASE("filters: typical leaves out the likeliest when it is too little of a surprise") {
  auto candidates = with_probabilities({0.4, 0.2, 0.2, 0.1, 0.1});  // entropy 1.47: 0.2 is nearest to it
  keep_typical(candidates, 0.35);
  CHECK(tokens(candidates) == Tokens{1, 2});
}

TEST_CASE("filters: XTC keeps only the least likely of the likely ones") {
  auto candidates = with_probabilities({0.4, 0.3, 0.2, 0.1});
  exclude_top_choices(candidates, 0.15);
  CHECK(tokens(candidates) == Tokens{2, 3});
  auto one = with_probabilities({0.8, 0.1, 0.1});
  exclude_top_choices(one, 0.15);
  CHECK(tokens(one) == Tokens{0, 1, 2});
}

TEST_CASE("filters: at their off values they keep everything") {
  auto candidates = with_probabilities({0.5, 0.3, 0.2});
  keep_top_p(candidates, 1);
  keep_min_p(candidates, 0);
  keep_typical(candidates, 1);
  exclude_top_choices(candidates, 0.6);
  CHECK(candidates.size() == 3);
}

TEST_CASE("filters: top-p over more candidates than it sorts at first") {
  std::vector<Candidate> candidates;
  for (Token token = 0; token < 5000; ++token) candidates.push_back({token, float(token) * 1e-4f});
  keep_top_p(candidates, 0.5);
  double kept = 0, all = 0;
  for (Token token = 0; token < 5000; ++token) all += std::exp(double(token) * 1e-4);
  for (const auto& candidate : candidates) kept += std::exp(double(candidate.logit)) / all;
  CHECK(kept >= 0.5);
  CHECK(kept < 0.5 + 1e-3);
  CHECK(candidates.front().token == 4999);
}

TEST_CASE("filters: equally likely candidates and the smallest limits leave one") {
  for (double limit : {0.0, -1.0, 1e-9}) {
    for (int count : {1, 3, 7, 300}) {
      std::vector<Candidate> candidates(static_cast<std::size_t>(count), Candidate{5, 1.0f});
      keep_top_p(candidates, limit);
      CHECK(candidates.size() == 1);
    }
  }
}
