#include "engine/sample/dry.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <random>

using namespace fragua::engine;

namespace {

SamplingOptions options_for(int allowed, int last_n = -1) {
  SamplingOptions options;
  options.dry_multiplier = 1;
  options.dry_base = 2;
  options.dry_allowed_length = allowed;
  options.dry_penalty_last_n = last_n;
  return options;
}

std::map<Token, float> penalties(const SamplingOptions& options, const std::vector<Token>& history,
                                 std::vector<std::vector<Token>> breakers = {}) {
  Dry dry(options, std::move(breakers));
  for (Token token : history) dry.accept(token);
  std::vector<float> logits(32, 0);
  std::vector<LogitChange> changes;
  dry.apply(logits, changes);
  std::map<Token, float> result;
  for (Token token = 0; token < 32; ++token)
    if (logits[std::size_t(token)] != 0) result[token] = -logits[std::size_t(token)];
  return result;
}

}  // namespace

TEST_CASE("dry: the token that would go on with a repeat is the less likely the longer the repeat") {
  using Penalties = std::map<Token, float>;
  CHECK(penalties(options_for(2), {1, 2, 3, 9, 1, 2, 3}) == Penalties{{9, 2}});             // length 3: 2^(3-2)
  CHECK(penalties(options_for(2), {5, 1, 2, 3, 9, 5, 1, 2, 3}) == Penalties{{9, 4}});       // length 4
  CHECK(penalties(options_for(4), {1, 2, 3, 9, 1, 2, 3}).empty());                          // short enough
  CHECK(penalties(options_for(2), {1, 2, 3, 4, 5, 6}).empty());                             // nothing repeats
  CHECK(penalties(options_for(2, 4), {1, 2, 3, 9, 1, 2, 3}).empty());                       // too far back
  CHECK(penalties(options_for(2), {1, 2, 8, 1, 2, 9, 1, 2}) == Penalties{{8, 1}, {9, 1}});  // two ways on
}

TEST_CASE("dry: a repeat does not reach over a breaker, and a breaker is never penalised") {
  using Penalties = std::map<Token, float>;
  const std::vector<Token> history{5, 7, 2, 3, 9, 5, 7, 2, 3};
  CHECK(penalties(options_for(2), history, {{7}}) == Penalties{{9, 1}});     // only 2 3 counts
  CHECK(penalties(options_for(2), history, {{5, 7}}) == Penalties{{9, 1}});  // a breaker of two tokens
  CHECK(penalties(options_for(2), history, {{5, 8}}) == Penalties{{9, 4}});  // not there
  CHECK(penalties(options_for(2), history, {{9}}).empty());
  CHECK(penalties(options_for(2), history, {{3}}).empty());
}

TEST_CASE("dry: repeats are counted as by comparing every place with the end") {
  std::mt19937 random(6);
  for (int round = 0; round < 300; ++round) {
    std::vector<Token> history(1 + random() % 60);
    for (auto& token : history) token = Token(random() % 3);
    std::map<Token, float> expected;
    const int size = int(history.size());
    for (int end = 0; end + 1 < size; ++end) {
      int length = 0;
      while (length <= end && history[std::size_t(end - length)] == history[std::size_t(size - 1 - length)]) ++length;
      if (length < 2) continue;
      float& worst = expected[history[std::size_t(end + 1)]];
      worst = std::max(worst, float(std::pow(2.0, length - 2)));
    }
    CHECK(penalties(options_for(2), history) == expected);
  }
}

TEST_CASE("dry: the penalty stays finite for endless repeats") {
  const auto found = penalties(options_for(1), std::vector<Token>(2000, 4));
  REQUIRE(found.contains(4));
  CHECK(std::isfinite(found.at(4)));
}

TEST_CASE("dry: a breaker's text is found within tokens and across them") {
  const std::vector<std::string> pieces{"a", "b", "ab", "xab", "xa", "bc", "c", "q\n"};
  const auto tokenize = [](std::string_view text) {
    return text == "b" ? std::vector<Token>{1} : std::vector<Token>{1, 6};
  };
  using Sequences = std::vector<std::vector<Token>>;
  CHECK(dry_breaker_sequences({"\n"}, pieces, tokenize) == Sequences{{7}});
  CHECK(dry_breaker_sequences({"ab"}, pieces, tokenize) == Sequences{{0, 1}, {2}, {3}, {4, 1}});
  CHECK(dry_breaker_sequences({""}, pieces, tokenize).empty());
}
