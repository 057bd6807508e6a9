#include "engine/draft.h"

#include <doctest/doctest.h>

#include <random>

using namespace fragua::engine;

using Tokens = std::vector<Token>;

TEST_CASE("draft: what followed the last tokens before is the guess") {
  CHECK(draft(Tokens{1, 2, 3, 4, 5, 9, 2, 3}, 4, 3) == Tokens{4, 5, 9});
  CHECK(draft(Tokens{1, 2, 3, 4, 5, 9, 2, 3}, 4, 1) == Tokens{4});
  CHECK(draft(Tokens{1, 2, 3}, 4, 3).empty());
  CHECK(draft(Tokens{}, 4, 3).empty());
  CHECK(draft(Tokens{1, 2, 7, 1, 2}, 4, 0).empty());
}

TEST_CASE("draft: a longer match is preferred, of equal ones the latest") {
  CHECK(draft(Tokens{5, 1, 2, 7, 1, 2, 8, 5, 1, 2}, 3, 1) == Tokens{7});
  CHECK(draft(Tokens{1, 2, 7, 1, 2, 8, 1, 2}, 3, 1) == Tokens{8});
}

TEST_CASE("draft: a repetition goes on repeating") {
  CHECK(draft(Tokens{1, 2, 3, 1, 2, 3}, 3, 7) == Tokens{1, 2, 3, 1, 2, 3, 1});
}

TEST_CASE("draft: references are copied from, never across their end") {
  PromptLookup lookup;
  lookup.add_reference(Tokens{1, 2, 3, 4});
  lookup.add_reference(Tokens{5, 6, 7});
  lookup.append(Tokens{9, 2, 3});
  CHECK(lookup.draft(5) == Tokens{4});
  lookup.append(Token{5});
  CHECK(lookup.draft(5).empty());
  lookup.append(Token{6});
  CHECK(lookup.draft(5) == Tokens{7});
}

TEST_CASE("draft: agrees with searching the whole history") {
  std::mt19937 random(9);
  for (int round = 0; round < 500; ++round) {
    PromptLookup lookup(3, 2);
    Tokens history;
    for (int i = 0; i < 40; ++i) {
      history.push_back(Token(random() % 4));
      lookup.append(history.back());
      Tokens expected;
      for (int n = 3; n >= 2 && expected.empty(); --n)
        for (int end = int(history.size()) - 1; end >= n && expected.empty(); --end)
          if (std::equal(history.end() - n, history.end(), history.begin() + end - n))
            expected = {history[std::size_t(end)]};
      CHECK(lookup.draft(1) == expected);
    }
  }
}
