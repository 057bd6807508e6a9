#include "engine/constrain/gbnf.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "walk.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

bool accepts(const std::shared_ptr<const Grammar>& grammar, std::string_view text) {
  GrammarState state(grammar);
  return (text.empty() || state.accept_text(text)) && state.may_stop();
}

}  // namespace

TEST_CASE("gbnf: grammars as llama.cpp writes them accept what they describe") {
  struct Case {
    const char* grammar;
    std::vector<const char*> yes;
    std::vector<const char*> no;
  };
  const Case cases[] = {
      {"root ::= \"yes\" | \"no\"", {"yes", "no"}, {"", "maybe", "yesno"}},
      {"root ::= ws \"x\"\nws ::= | \" \" | \"\\n\" [ \\t]{0,20}\n", {"x", " x", "\n\t x"}, {"  x"}},
      {"# a comment\nroot  ::= item+ # another\nitem ::= [a-z] [^a-z\\n]", {"a1", "a1b2"}, {"", "ab", "1a"}},
      {"root ::= (\n  \"a\" |\n  \"b\"\n)*", {"", "abba"}, {"c"}},
      {"root ::= \"a\" |\n  \"b\"\n  | \"c\"", {"a", "b", "c"}, {"d"}},
      {"root ::= .{2}", {"ab", "é😀"}, {"a", "abc"}},
      {"root ::= \"\\x41b\\u00e9\\\"\\\\\"", {"Abé\"\\"}, {"Ab"}},
      {"root ::= 1st true\n1st ::= \"1\"\ntrue ::= \"t\"", {"1t"}, {"1"}},
      {"root ::= a_b c-d\na_b ::= \"x\"?\nc-d ::= \"y\"{1,2}", {"xy", "yy"}, {"x", "yyy"}},
      {"root ::= \"(\" root \")\" | \"\"", {"", "()", "((()))"}, {"(", "())"}},
      {"root ::= \"ñ\" \"a\" [à-ü]", {"ñaé"}, {"ña"}},
  };
  GrammarCompiler compiler(walk::vocabulary());
  for (const auto& test : cases) {
    CAPTURE(test.grammar);
    const auto grammar = compiler.compile({GrammarSpec::Kind::ebnf, test.grammar, {}});
    for (const char* text : test.yes) CHECK_MESSAGE(accepts(grammar, text), text);
    for (const char* text : test.no) CHECK_MESSAGE(!accepts(grammar, text), text);
  }
}

TEST_CASE("gbnf: tokens are named by text or number, and preserved texts are one token inside of literals") {
  GrammarCompiler compiler(walk::vocabulary());
  TokenMask mask(compiler.vocabulary_size());
  for (const char* grammar : {"root ::= \"ab\" <tool>", "root ::= \"ab\" <[257]>", "root ::= \"ab<tool>\""}) {
    CAPTURE(grammar);
    GrammarState state(compiler.compile({GrammarSpec::Kind::ebnf, grammar, {"<tool>"}}));
    REQUIRE(state.accept_text("ab"));
    CHECK(state.fill_mask(mask));
    CHECK(mask.allows(walk::kControl));
    CHECK_FALSE(mask.allows('<'));
    CHECK(state.accept(walk::kControl));
    CHECK(state.may_stop());
  }
}

TEST_CASE("gbnf: what is wrong is said with its line") {
  struct Case {
    const char* grammar;
    ErrorCode code;
    const char* word;
  };
  const Case cases[] = {
      {"", ErrorCode::invalid_argument, "empty"},
      {"start ::= \"a\"", ErrorCode::invalid_argument, "\"root\""},
      {"root ::= b", ErrorCode::invalid_argument, "\"b\""},
      {"root ::= \"a\"\nroot ::= \"b\"", ErrorCode::invalid_argument, "line 2"},
      {"root ::= \"a", ErrorCode::invalid_argument, "\""},
      {"root ::= (\"a\"", ErrorCode::invalid_argument, ")"},
      {"root ::= [a", ErrorCode::invalid_argument, "]"},
      {"root = \"a\"", ErrorCode::invalid_argument, "::="},
      {"root ::= \"a\"\n\n  ???", ErrorCode::invalid_argument, "line 3"},
      {"root ::= \"\\q\"", ErrorCode::invalid_argument, "\\q"},
      {"root ::= \"a\"{3,1}", ErrorCode::invalid_argument, "count"},
      {"root ::= <nowhere>", ErrorCode::invalid_argument, "<nowhere>"},
      {"root ::= <[999999]>", ErrorCode::invalid_argument, "999999"},
      {"root ::= [^a]{0,5000}", ErrorCode::unsupported, "count"},
      {"root ::= \"a\"{100000}", ErrorCode::unsupported, "count"},
  };
  GrammarCompiler compiler(walk::vocabulary());
  for (const auto& test : cases) {
    CAPTURE(test.grammar);
    bool threw = false;
    try {
      compiler.compile({GrammarSpec::Kind::ebnf, test.grammar, {}});
    } catch (const Error& error) {
      threw = true;
      CAPTURE(error.what());
      CHECK(error.code() == test.code);
      CHECK(std::string(error.what()).find(test.word) != std::string::npos);
    }
    CHECK(threw);
  }
  CHECK_THROWS_AS(
      compiler.compile(
          {GrammarSpec::Kind::ebnf, "root ::= " + std::string(5000, '(') + "\"a\"" + std::string(5000, ')'), {}}),
      Error);
}
