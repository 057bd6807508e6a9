#include "catalogue/assistant/tokens.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue::assistant;

TEST_CASE("tokens: words, numbers and signs, with what is large and what begins") {
  const auto tokens = tokens_of("Tenemos 1.200 entradas: «Ávila» a las 20:30.");
  REQUIRE(tokens.size() == 11);
  CHECK(tokens[0].is_initial);
  CHECK(tokens[0].is_capital);
  CHECK(tokens[1].kind == Token::Kind::number);
  CHECK(tokens[1].text == "1.200");
  CHECK(tokens[3].text == ":");
  CHECK(tokens[3].is_joined);
  CHECK(tokens[5].folded == "avila");
  CHECK(tokens[5].is_capital);
  CHECK(tokens[5].is_initial);
  CHECK(tokens[9].text == "20:30");
  CHECK(tokens[10].kind == Token::Kind::sign);
}

TEST_CASE("tokens: a script without small letters counts as a name") {
  CHECK(tokens_of("en 東京").back().is_capital);
  CHECK_FALSE(tokens_of("ñandú").front().is_capital);
  CHECK(tokens_of("").empty());
}

TEST_CASE("tokens: broken UTF-8 ends") {
  CHECK_FALSE(tokens_of("a\xC3").empty());
  CHECK_FALSE(tokens_of("\xFF\xFE" "b").empty());
}
