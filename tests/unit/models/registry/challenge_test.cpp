#include "models/registry/challenge.h"

#include <doctest/doctest.h>

using namespace fragua::models;

TEST_CASE("challenge: schemes and parameters, quoted or not, several in one header") {
  const auto challenges = parse_challenges(
      R"(Bearer realm="https://a.example/token",service="a, \"b\"",scope=repository:x/y:pull , Basic realm="x")");
  REQUIRE(challenges.size() == 2);
  CHECK(challenges[0].scheme == "bearer");
  CHECK(challenges[0].parameters.at("realm") == "https://a.example/token");
  CHECK(challenges[0].parameters.at("service") == "a, \"b\"");
  CHECK(challenges[1].scheme == "basic");
  CHECK(challenges[1].parameters.at("realm") == "x");
}

TEST_CASE("challenge: what is not one is left out") {
  CHECK(parse_challenges("").empty());
  CHECK(parse_challenges(" , ,").empty());
  CHECK(parse_challenges("realm=\"x\"").empty());
  CHECK(parse_challenges("\"\"\x01\xff").empty());
  CHECK(parse_challenges("Basic realm=\"unfinished")[0].parameters.at("realm") == "unfinished");
  CHECK(parse_challenges("Basic realm=\"ends in \\")[0].parameters.at("realm") == "ends in \\");
}

TEST_CASE("challenge: a flood of schemes is cut") {
  std::string flood;
  for (int scheme = 0; scheme < 1000; ++scheme) flood += "Scheme" + std::to_string(scheme) + " a=b, ";
  CHECK(parse_challenges(flood).size() == 8);
}
