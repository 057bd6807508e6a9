#include "engine/sequences.h"

#include <doctest/doctest.h>

#include "engine/image_tokens.h"

using namespace fragua::engine;

namespace {

Sequence& hold(Sequences& sequences, std::vector<Token> tokens, const std::string& owner = "") {
  auto* sequence = sequences.acquire();
  REQUIRE(sequence);
  sequence->tokens = std::move(tokens);
  sequence->owner = owner;
  return *sequence;
}

}  // namespace

TEST_CASE("sequences: the longest common beginning serves, but never the whole prompt") {
  Sequences sequences(4, true, true);
  hold(sequences, {1, 2, 3});
  auto& best = hold(sequences, {1, 2, 3, 4, 5});
  const std::vector<Token> prompt{1, 2, 3, 4, 5};
  const auto match = sequences.best_match(prompt, "");
  CHECK(match.source == &best);
  CHECK(match.count == 4);
}

TEST_CASE("sequences: what an owner holds serves others only as far as it is the model's own") {
  Sequences sequences(4, true, true);
  hold(sequences, {1, 2, 3, 4}, "ana").shareable = 2;
  const std::vector<Token> prompt{1, 2, 3, 4, 5};
  CHECK(sequences.best_match(prompt, "eva").count == 2);
  CHECK(sequences.best_match(prompt, "ana").count == 4);
}

TEST_CASE("sequences: the pinned one is evicted last and a busy one never") {
  Sequences sequences(3, true, true);
  auto& pinned = hold(sequences, {1});
  pinned.pinned = true;
  auto& busy = hold(sequences, {2});
  busy.busy = true;
  auto& cached = hold(sequences, {3});
  CHECK(sequences.least_recent() == &cached);
  sequences.forget(cached);
  CHECK(sequences.least_recent() == &pinned);
}

TEST_CASE("sequences: what a longer one of the same owner holds is superfluous") {
  Sequences sequences(4, true, true);
  auto& first = hold(sequences, {1, 2});
  hold(sequences, {1, 9});
  auto& kept = hold(sequences, {1, 2, 3});
  const auto covered = sequences.covered_by(kept);
  REQUIRE(covered.size() == 1);
  CHECK(covered[0] == &first);
}

TEST_CASE("sequences: a common prefix ends before an image, even where two images begin alike") {
  const auto image = image_tokens("digest", 0, 8);
  std::vector<Token> a{1, 2};
  a.insert(a.end(), image.begin(), image.end());
  auto same = a, other = a, shorter = a;
  a.push_back(3);
  same.push_back(4);
  CHECK(common_prefix(a, same) == 10);
  other[6] ^= 2;  // as if the digests were equal in their first bits
  CHECK(common_prefix(a, other) == 2);
  CHECK(common_prefix(other, a) == 2);
  shorter.resize(6);
  shorter.push_back(3);
  CHECK(common_prefix(a, shorter) == 2);
  CHECK(common_prefix(shorter, a) == 2);
}
