#include "engine/constrain/regex.h"

#include <doctest/doctest.h>

#include <string>

#include "base/error.h"

using namespace fragua;
using namespace fragua::engine;

TEST_CASE("regex: what cannot be understood or enforced is refused, by name") {
  struct Case {
    const char* pattern;
    ErrorCode code;
    const char* word;
  };
  const Case cases[] = {
      {"(a", ErrorCode::invalid_argument, ")"},
      {"a)", ErrorCode::invalid_argument, "')'"},
      {"[a", ErrorCode::invalid_argument, "]"},
      {"*a", ErrorCode::invalid_argument, "repeat"},
      {"a**", ErrorCode::invalid_argument, "repeat"},
      {"a{3,1}", ErrorCode::invalid_argument, "count"},
      {"[z-a]", ErrorCode::invalid_argument, "range"},
      {"a\\", ErrorCode::invalid_argument, "end"},
      {"\\q", ErrorCode::invalid_argument, "\\q"},
      {"\\xZZ", ErrorCode::invalid_argument, "escape"},
      {"(?=a)b", ErrorCode::unsupported, "look-around"},
      {"(?<!a)b", ErrorCode::unsupported, "look-around"},
      {"(a)\\1", ErrorCode::unsupported, "back-reference"},
      {"\\bword", ErrorCode::unsupported, "word boundary"},
      {"\\p{L}+", ErrorCode::unsupported, "Unicode"},
      {"(^a)", ErrorCode::unsupported, "^"},
      {"a$b", ErrorCode::unsupported, "$"},
      {"(?i)a", ErrorCode::unsupported, "flags"},
      {"a{100000}", ErrorCode::unsupported, "count"},
  };
  for (const auto& test : cases) {
    CAPTURE(test.pattern);
    bool threw = false;
    try {
      parse_regex(test.pattern, true);
    } catch (const Error& error) {
      threw = true;
      CHECK(error.code() == test.code);
      CHECK(std::string(error.what()).find(test.word) != std::string::npos);
    }
    CHECK(threw);
  }
}

TEST_CASE("regex: a thousand open groups are refused, not followed") {
  CHECK_THROWS_AS(parse_regex(std::string(1000, '(') + std::string(1000, ')'), true), Error);
}
