#include "engine/constrain/numbers.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>
#include <regex>

#include "base/error.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

// The expressions use literals, digit classes, counts and alternatives only: that is a regular expression with other
// spaces.
std::regex as_regex(const std::string& expression) {
  std::string pattern;
  bool in_literal = false;
  for (char c : expression) {
    if (c == '"')
      in_literal = !in_literal;
    else if (in_literal && c == '.')
      pattern += "\\.";
    else if (in_literal || c != ' ')
      pattern += c;
  }
  return std::regex(pattern);
}

}  // namespace

TEST_CASE("numbers: an integer matches when it is within the bounds, and only then") {
  const std::pair<std::int64_t, std::int64_t> bounds[] = {{0, 0},     {0, 9},     {0, 120},  {-17, 5},
                                                          {-5, -5},   {-120, -7}, {10, 99},  {7, 1000},
                                                          {199, 201}, {-1, 1},    {95, 105}, {-999, 1000}};
  for (auto [least, most] : bounds) {
    const auto regex = as_regex(integers_between(least, most));
    CAPTURE(least);
    CAPTURE(most);
    for (std::int64_t value = -1500; value <= 1500; ++value)
      CHECK(std::regex_match(std::to_string(value), regex) == (least <= value && value <= most));
    for (const char* odd : {"-0", "00", "01", "", "-", "1.0", "+1"}) CHECK_FALSE(std::regex_match(odd, regex));
  }
}

TEST_CASE("numbers: multiples are listed, or refused when they are too many") {
  const auto regex = as_regex(multiples_between(7, -20, 100));
  for (std::int64_t value = -50; value <= 150; ++value)
    CHECK(std::regex_match(std::to_string(value), regex) == (value >= -20 && value <= 100 && value % 7 == 0));
  CHECK_THROWS_AS(multiples_between(7, 0, 1000000), Error);
  CHECK_THROWS_AS(multiples_between(7, 1, 6), Error);
}

TEST_CASE("numbers: a decimal matches when it is within the bounds, and only then") {
  const double kNone = 1e300;
  struct Case {
    double least, most;
    bool without_least, without_most;
  };
  const Case cases[] = {{0, 99.5, false, false},    {0, 99.5, true, true},      {-1.25, 2.125, false, true},
                        {0.5, kNone, false, false}, {0, kNone, true, false},    {-kNone, -0.05, false, false},
                        {-3.5, -3.25, true, false}, {3.14, 3.15, false, false}, {1, 1, false, false},
                        {-kNone, 7, false, true},   {0, 1, true, true},         {9.99, 10.01, true, true},
                        {-0.5, 0.25, false, false}, {100, 1000, false, false}};
  std::mt19937 random(31);
  for (const auto& test : cases) {
    DecimalBounds bounds;
    if (test.least != -kNone) bounds.least = test.least;
    if (test.most != kNone) bounds.most = test.most;
    bounds.without_least = test.without_least;
    bounds.without_most = test.without_most;
    const auto regex = as_regex(decimals_between(bounds));
    CAPTURE(test.least);
    CAPTURE(test.most);
    for (int round = 0; round < 4000; ++round) {
      const double spread = round % 2 ? 12 : 2000;
      const std::string text = fmt::format("{:.{}f}", (double(random() % 2000001) / 1e6 - 1) * spread, random() % 5);
      if (text.starts_with("-0") && text.find_first_of("123456789") == std::string::npos) continue;
      const double value = std::stod(text);
      const bool expected = (test.without_least ? value > test.least : value >= test.least) &&
                            (test.without_most ? value < test.most : value <= test.most);
      CAPTURE(text);
      const bool matches = std::regex_match(text, regex);
      // A bound may be spelt without the zeros that would follow it.
      if (!(expected && !matches && (value == test.most || value == test.least))) CHECK(matches == expected);
    }
    for (double bound : {test.least, test.most}) {
      if (std::abs(bound) == kNone) continue;
      const bool inside = (bound != test.least || !test.without_least) && (bound != test.most || !test.without_most);
      CHECK(std::regex_match(fmt::format("{}", bound), regex) == inside);
    }
    for (const char* odd : {"-0", "00", "1.", ".5", "", "1e5", "01.5"}) CHECK_FALSE(std::regex_match(odd, regex));
  }
}

TEST_CASE("numbers: bounds without a number between them are refused") {
  CHECK_THROWS_AS(integers_between(5, 4), Error);
  CHECK_THROWS_AS(decimals_between({1.0, 1.0, true, false, 17}), Error);
  CHECK_THROWS_AS(decimals_between({1e20, std::nullopt, false, false, 17}), Error);
}
