#include "engine/earlier_answers.h"

#include <doctest/doctest.h>

using fragua::engine::EarlierAnswers;
using fragua::engine::Token;

TEST_CASE("earlier answers: the last few of each user, and of nobody else") {
  EarlierAnswers answers;
  for (Token token = 1; token <= 6; ++token) answers.add("ana", {token});
  answers.add("eva", {100});
  CHECK(answers.of("ana").size() == 4);
  CHECK(answers.of("ana").front() == std::vector<Token>{3});
  CHECK(answers.of("ana").back() == std::vector<Token>{6});
  CHECK(answers.of("eva").size() == 1);
  CHECK(answers.of("nobody").empty());
}

TEST_CASE("earlier answers: neither long ones nor too many users are kept") {
  EarlierAnswers answers;
  answers.add("ana", std::vector<Token>(1000, 7));
  CHECK(answers.of("ana").empty());
  answers.add("first", {1});
  for (int user = 0; user < 64; ++user) answers.add("user " + std::to_string(user), {2});
  CHECK(answers.of("first").empty());
  CHECK(answers.of("user 0").size() == 1);
}
