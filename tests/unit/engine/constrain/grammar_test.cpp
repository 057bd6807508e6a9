#include "engine/constrain/grammar.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/error.h"
#include "walk.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

GrammarSpec schema(const std::string& text) { return {GrammarSpec::Kind::json_schema, text, {}}; }

std::string numbered(int i) {
  return R"({"type":"object","properties":{"p)" + std::to_string(i) + R"(":{"type":"integer"}}})";
}

}  // namespace

TEST_CASE("grammar: the same specification is compiled once, and kept while it is in use") {
  GrammarLimits limits;
  limits.cached_max = 3;
  GrammarCompiler compiler(walk::vocabulary(), limits);
  const auto first = compiler.compile(schema(numbered(0)));
  CHECK(compiler.compile(schema(numbered(0))) == first);
  CHECK(compiler.compile({GrammarSpec::Kind::json, numbered(0), {}}) != first);
  for (int i = 1; i < 10; ++i) compiler.compile(schema(numbered(i)));
  CHECK(compiler.cached_count() == 3);
  CHECK(compiler.compile(schema(numbered(0))) != first);
  std::mt19937 random(41);
  CHECK(walk::random_answer(first, random, 100).text.starts_with("{"));
}

TEST_CASE("grammar: what is kept is limited in bytes") {
  GrammarLimits limits;
  limits.cached_bytes_max = 60000;
  GrammarCompiler compiler(walk::vocabulary(), limits);
  for (int i = 0; i < 50; ++i) {
    compiler.compile(schema(numbered(i)));
    CHECK((compiler.cached_bytes() <= 60000 || compiler.cached_count() == 1));
  }
  CHECK(compiler.cached_count() < 50);
}

TEST_CASE("grammar: text over the limit is refused before it is looked at") {
  GrammarLimits limits;
  limits.text_bytes_max = 100;
  GrammarCompiler compiler(walk::vocabulary(), limits);
  try {
    compiler.compile(schema(std::string(101, '{')));
    FAIL("compiled");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::too_large);
  }
}

TEST_CASE("grammar: text that is not JSON is refused as such") {
  GrammarCompiler compiler(walk::vocabulary());
  for (const char* text : {"", "{", "{]", "nonsense"}) CHECK_THROWS_AS(compiler.compile(schema(text)), Error);
  CHECK_THROWS_AS(compiler.compile(schema(std::string(100000, '['))), Error);
}

TEST_CASE("grammar: kinds have names") {
  CHECK(grammar_kind("json") == GrammarSpec::Kind::json);
  CHECK(grammar_kind("json_schema") == GrammarSpec::Kind::json_schema);
  CHECK(grammar_kind("gbnf") == GrammarSpec::Kind::ebnf);
  CHECK(grammar_kind("regex") == GrammarSpec::Kind::regex);
  CHECK_THROWS_AS(grammar_kind("xml"), Error);
}

TEST_CASE("grammar: several threads compile and answer at once") {
  GrammarCompiler compiler(walk::vocabulary());
  std::vector<int> whole(4);
  std::vector<std::thread> threads;
  for (int id = 0; id < 4; ++id)
    threads.emplace_back([&compiler, &whole, id] {
      TokenMask mask(compiler.vocabulary_size());
      for (int i = 0; i < 6; ++i) {
        GrammarState state(compiler.compile(schema(R"({"type":"object","properties":{"k)" + std::to_string(i) +
                                                   R"(":{"type":"string","pattern":"^[ab]{2}c+$"}}})")));
        state.accept_text("{\"k" + std::to_string(i) + "\": \"abc");
        state.fill_mask(mask);
        whole[std::size_t(id)] += mask.allows('c') && mask.allows('"') && !mask.allows('a');
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(whole == std::vector<int>{6, 6, 6, 6});
}
