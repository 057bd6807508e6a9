#include "engine/constrain/automaton.h"

#include <doctest/doctest.h>

#include <random>
#include <regex>

#include "base/error.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

bool matches(const Automaton& automaton, std::string_view text) {
  auto state = automaton.start();
  for (char byte : text) state = automaton.next(state, std::uint8_t(byte));
  return automaton.accepts(state);
}

}  // namespace

TEST_CASE("automaton: matches what the standard library's expressions match") {
  const char* patterns[] = {"a",     "ab|cd",        "(ab|a)*b",   "a{2,3}",       "a{2,}b?",     "[a-c]+d",
                            "[^a]b", "(a|b|)c",      "\\d\\w\\s?", "(?:ab){0,2}c", "a(b(c|d)*)?", "a*b*c*",
                            "(a*)*", "((a|b){2}c)+", "[ab-]c",     "a.c",          "[\\d_]+",     "(a?){3}b"};
  std::mt19937 random(21);
  for (const char* pattern : patterns) {
    CAPTURE(pattern);
    const Automaton automaton(parse_regex(pattern, false), Automaton::Text::plain);
    const std::regex reference(pattern);
    int matched = 0;
    for (int round = 0; round < 3000; ++round) {
      std::string text;
      for (std::size_t length = random() % 8; length > 0; --length) text += "abcd1_ -"[random() % 8];
      const bool expected = std::regex_match(text, reference);
      matched += expected;
      CAPTURE(text);
      CHECK(matches(automaton, text) == expected);
    }
    CHECK(matched > 0);
  }
}

TEST_CASE("automaton: a pattern with one anchor is open on the other side") {
  const auto search = [](const char* pattern) { return Automaton(parse_regex(pattern, true), Automaton::Text::plain); };
  CHECK(matches(search("^ab"), "abxyz"));
  CHECK_FALSE(matches(search("^ab"), "xab"));
  CHECK(matches(search("ab$"), "xyzab"));
  CHECK_FALSE(matches(search("ab$"), "abx"));
  CHECK_FALSE(matches(search("ab"), "xab"));
  CHECK(matches(search("^a|b$"), "axx"));
  CHECK(matches(search("^a|b$"), "xxb"));
  CHECK_FALSE(matches(search("^a$"), "ab"));
}

TEST_CASE("automaton: in a JSON string characters are escaped where JSON asks for it, and the quote ends it") {
  const auto json = [](const char* pattern) {
    return Automaton(parse_regex(pattern, false), Automaton::Text::json_string);
  };
  CHECK(matches(json("a\"b"), R"(a\"b")"));
  CHECK_FALSE(matches(json("a\"b"), R"(a"b")"));
  CHECK(matches(json("\\\\\\n\\t"), R"(\\\n\t")"));
  CHECK_FALSE(matches(json("a"), "a"));
  CHECK(matches(json("."), "é\""));
  CHECK_FALSE(matches(json("."), "\n\""));
  CHECK_FALSE(matches(json("[^a]"), std::string_view("\x01\"", 2)));
}

TEST_CASE("automaton: with lengths only texts of those lengths match, and no state is a dead end") {
  const Automaton automaton(parse_regex("(ab|abc|é)+", false), Automaton::Text::json_string, {4, 6});
  CHECK_FALSE(matches(automaton, "ab\""));
  CHECK(matches(automaton, "abab\""));
  CHECK(matches(automaton, "abcéab\""));
  CHECK_FALSE(matches(automaton, "abcabca\""));
  CHECK_FALSE(matches(automaton, "abababab\""));
  std::mt19937 random(22);
  for (int round = 0; round < 300; ++round) {
    auto state = automaton.start();
    int steps = 0;
    while (!automaton.accepts(state)) {
      std::vector<Automaton::State> next;
      for (int byte = 0; byte < 256; ++byte)
        if (auto to = automaton.next(state, std::uint8_t(byte)); !to.empty()) next.push_back(to);
      REQUIRE_FALSE(next.empty());
      state = next[random() % next.size()];
      REQUIRE(++steps < 20);
    }
  }
}

TEST_CASE("automaton: what nothing matches and what is too large is refused") {
  const auto code = [](const char* pattern, LengthBounds bounds) {
    try {
      Automaton automaton(parse_regex(pattern, false), Automaton::Text::json_string, bounds);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  };
  CHECK(code("a{5}", {0, 3}) == ErrorCode::invalid_argument);
  CHECK(code("\\x01", {}) == ErrorCode::invalid_argument);
  CHECK(code("(a{1000}){1000}", {}) == ErrorCode::too_large);
  CHECK(code("(ab?c)*", {0, 4000000}) == ErrorCode::too_large);
}
