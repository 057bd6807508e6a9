#include "engine/constrain/grammar_state.h"

#include <doctest/doctest.h>

#include <regex>

#include "walk.h"

using namespace fragua::engine;

namespace {

struct Fixture {
  GrammarCompiler compiler{walk::vocabulary()};
  GrammarState state_of(const char* schema) {
    return GrammarState(compiler.compile({GrammarSpec::Kind::json_schema, schema, {}}));
  }
};

constexpr const char* kPerson =
    R"({"type":"object","properties":{"name":{"type":"string","maxLength":4},"address":{"type":"object",
       "properties":{"street":{"type":"string"},"number":{"type":"integer"}},"required":["street","number"]},
       "tags":{"type":"array","items":{"type":"string"}},"age":{"type":["integer","null"]}},
       "required":["name","address","tags","age"]})";

std::vector<std::int32_t> words_of(GrammarState& state, int size) {
  TokenMask mask(size);
  if (!state.fill_mask(mask)) mask.allow_all();
  std::vector<std::int32_t> bits;
  for (Token token = 0; token < size; ++token) bits.push_back(mask.allows(token));
  return bits;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "grammar state: text that must come is known beforehand") {
  auto state = state_of(kPerson);
  CHECK(state.forced_text() == "{\"name\": \"");
  REQUIRE(state.accept_text("{\"name\": \"Ana\""));
  CHECK(state.forced_text() == ", \"address\": {\"street\": \"");
}

TEST_CASE_FIXTURE(Fixture, "grammar state: a token that may not come changes nothing") {
  auto state = state_of(kPerson);
  CHECK_FALSE(state.accept('['));
  CHECK_FALSE(state.accept(walk::kStop));
  CHECK_FALSE(state.accept(walk::kControl));
  CHECK_FALSE(state.accept(-1));
  CHECK_FALSE(state.accept(100000));
  CHECK_FALSE(state.accept_text("["));
  CHECK(state.text().empty());
  CHECK(state.accept('{'));
  CHECK(state.text() == "{");
}

TEST_CASE_FIXTURE(Fixture, "grammar state: rolled back, it is as it was") {
  std::mt19937 random(51);
  const int size = compiler.vocabulary_size();
  for (const char* schema : {kPerson, R"({"type":"string","pattern":"^(ab|abc)+$","minLength":2,"maxLength":9})",
                             R"({"type":"array","items":{"type":"string","minLength":2,"maxLength":3}})"}) {
    for (int round = 0; round < 10; ++round) {
      auto state = state_of(schema);
      std::vector<std::vector<std::int32_t>> masks;
      std::vector<std::string> texts;
      for (int step = 0; step < 25; ++step) {
        masks.push_back(words_of(state, size));
        texts.push_back(state.text());
        std::vector<Token> allowed;
        for (Token token = 0; token < size; ++token)
          if (masks.back()[std::size_t(token)]) allowed.push_back(token);
        const Token token = allowed[random() % allowed.size()];
        REQUIRE(state.accept(token));
        if (token == walk::kStop) break;
      }
      while (!texts.empty()) {
        const std::size_t steps = std::min(texts.size(), 1 + random() % 3);
        state.rollback(int(steps));
        texts.resize(texts.size() - steps + 1);
        masks.resize(texts.size());
        CHECK(state.text() == texts.back());
        CHECK(words_of(state, size) == masks.back());
        texts.pop_back();
        masks.pop_back();
      }
    }
  }
}

TEST_CASE_FIXTURE(
    Fixture, "grammar state: it is finished when only a stop token can come, and may stop when the answer is whole") {
  auto state = state_of(R"({"type":"integer"})");
  CHECK_FALSE(state.may_stop());
  CHECK_FALSE(state.is_finished());
  state.accept_text("12");
  CHECK(state.may_stop());
  CHECK_FALSE(state.is_finished());
  auto object = state_of(R"({"const":{"a":1}})");
  object.accept_text("{\"a\": 1}");
  CHECK(object.is_finished());
  CHECK(object.accept(walk::kStop));
  CHECK(object.is_finished());
  CHECK(object.may_stop());
  CHECK_FALSE(object.accept('}'));
  object.rollback(1);
  CHECK(object.text() == "{\"a\": 1}");
  CHECK(object.is_finished());
}

TEST_CASE_FIXTURE(Fixture, "grammar state: tokens that the model's rows have beyond its vocabulary are never allowed") {
  auto state = state_of(R"({"type":"string"})");
  state.accept('"');
  TokenMask mask(compiler.vocabulary_size() + 100);
  state.fill_mask(mask);
  for (Token token = Token(walk::vocabulary().pieces.size()); token < mask.size(); ++token)
    CHECK_FALSE(mask.allows(token));
}

TEST_CASE_FIXTURE(Fixture, "grammar state: a cut answer says where it was cut and what it lacks") {
  struct Case {
    const char* text;
    std::vector<const char*> says;
    std::vector<const char*> says_not;
  };
  const Case cases[] = {
      {"", {"before its first character", "\"name\"", "\"age\""}, {}},
      {"{\"name\": \"An",
       {"inside a string at \"name\"", "\"address\", \"tags\", \"age\"", "closing \"}"},
       {"\"street\""}},
      {"{\"name\": \"Ana\", \"address\": {\"street\": \"Ma",
       {"address.street", "\"number\"", "\"tags\"", "closing \"}}"},
       {"\"name\""}},
      {"{\"name\": \"Ana\", \"address\": {\"street\": \"M\", \"number\": 1}, \"tags\": [\"a\", \"b",
       {"tags[1]", "\"age\"", "closing \"]}"},
       {"number"}},
      {"{\"name\": \"Ana\", \"address\": {\"street\": \"M\", \"number\": 1}, \"tags\": [], \"age\": 4",
       {"closing }"},
       {"propert"}},
  };
  for (const auto& test : cases) {
    auto state = state_of(kPerson);
    if (*test.text) REQUIRE(state.accept_text(test.text));
    const auto missing = state.what_is_missing();
    CAPTURE(missing);
    for (const char* word : test.says) CHECK(missing.find(word) != std::string::npos);
    for (const char* word : test.says_not) CHECK(missing.find(word) == std::string::npos);
  }
  auto whole = state_of(R"({"type":"integer"})");
  whole.accept_text("1");
  CHECK(whole.what_is_missing().empty());
  GrammarState free(compiler.compile({GrammarSpec::Kind::ebnf, "root ::= \"one two\"", {}}));
  free.accept_text("one");
  CHECK(free.what_is_missing().find("\" two\"") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "grammar state: an answer under an expression matches it whole") {
  std::mt19937 random(52);
  for (const char* pattern :
       {"(yes|no), [0-9]{3}", "[a-f]+@[a-f]{2,4}\\.(com|org)", "é{1,3}|\"quoted\"\\n?", "(ab|abc){2,5}"}) {
    CAPTURE(pattern);
    const auto grammar = compiler.compile({GrammarSpec::Kind::regex, pattern, {}});
    int whole = 0;
    for (int round = 0; round < 60; ++round) {
      const auto answer = walk::random_answer(grammar, random, 300);
      if (!answer.is_whole) continue;
      ++whole;
      CHECK(std::regex_match(
          answer.text,
          std::regex(pattern == std::string("é{1,3}|\"quoted\"\\n?") ? "(é){1,3}|\"quoted\"\\n?" : pattern)));
    }
    CHECK(whole > 20);
  }
}
