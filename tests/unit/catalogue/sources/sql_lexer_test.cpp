#include "catalogue/sources/sql_lexer.h"

#include <doctest/doctest.h>

#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;

namespace {

// "word:select number:1 sign:;"
std::string tokens_of(const std::string& text, bool backslash_escapes = false) {
  static constexpr const char* kKinds[] = {"end", "word", "name", "text", "number", "sign", "command"};
  TextReader reader(bytes_of(text), "", nullptr);
  SqlLexer lexer(reader);
  lexer.backslash_escapes(backslash_escapes);
  std::string out;
  while (lexer.peek().kind != SqlKind::end) {
    const auto token = lexer.take();
    out += (out.empty() ? "" : " ") + std::string(kKinds[int(token.kind)]) + ":" + token.text;
  }
  return out;
}

std::string error_of(const std::string& text) {
  return tests::error_of([&] { tokens_of(text); });
}

}  // namespace

TEST_CASE("sql lexer: names, strings of every kind, numbers and signs") {
  struct Case {
    const char* text;
    const char* tokens;
  };
  const Case cases[] = {
      {"INSERT Into \"Event\" \"a\"\"b\" straße", "word:insert word:into name:Event name:a\"b word:straße"},
      {"'it''s' 'a\\b' ''", "text:it's text:a\\b text:"},
      {"E'it\\'s\\n\\t\\\\' e'\\x41\\101\\u00f1\\U0001F3B8'", "text:it's\n\t\\ text:AAñ\U0001F3B8"},
      {"E'\\uD83C\\uDFB8'", "text:\U0001F3B8"},
      {"E'\\xC3\\xB1 \\xFF'", "text:ñ \uFFFD"},
      {"$$it's $5$$ $tag$a $$ $tagg$ b$tag$ $x$$$x$", "text:it's $5 text:a $$ $tagg$ b text:$"},
      {"B'101' X'1F' N'ñ' date '2025-01-01'", "text:101 text:1F text:ñ word:date text:2025-01-01"},
      {"1200 16.00 -5 .5 1e-7 1E+3", "number:1200 number:16.00 sign:- number:5 number:.5 number:1e-7 number:1E+3"},
      {"'x'::text,a.b::int[]", "text:x sign::: word:text sign:, word:a sign:. word:b sign::: word:int sign:[ sign:]"},
      {"a -- it's ; nothing\n; /* ' /* nested */ ; */ b", "word:a sign:; word:b"},
      {"\\restrict abc'def\nSET", "command:restrict abc'def word:set"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(tokens_of(c.text) == c.tokens);
  }
}

TEST_CASE("sql lexer: with standard_conforming_strings off a backslash escapes in every string") {
  CHECK(tokens_of("'a\\'b' 'c''d'", true) == "text:a'b text:c'd");
}

TEST_CASE("sql lexer: what never ends is said with the place where it began") {
  CHECK(error_of("a\n 'abc") == "line 2, column 2: a quote opens here and is never closed");
  CHECK(error_of("E'abc\\'") == "line 1, column 1: a quote opens here and is never closed");
  CHECK(error_of("\"Event") == "line 1, column 1: a quote opens here and is never closed");
  CHECK(error_of("año $a$ $b$") == "line 1, column 5: a dollar quote opens here and is never closed");
  CHECK(error_of("/* /* */") == "line 1, column 1: a comment begins here and never ends");
  CHECK(error_of("E'\\u12'") == "line 1, column 5: \\u and \\U need the 4 or 8 digits of a character");
  CHECK(error_of("E'\\uD83C'") == "line 1, column 5: \\u names half a character");
  CHECK(error_of("U&'x'") == "line 1, column 1: what begins with U& is not read: write it without");
}

TEST_CASE("sql lexer: a statement is passed over by psql's rules for its end") {
  struct Case {
    const char* skipped;
  };
  const Case cases[] = {
      {"COMMENT ON x IS 'a;b';"},
      {"CREATE FUNCTION f() AS $_$ begin; end; $_$ LANGUAGE plpgsql;"},
      {"CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);"},
      {"CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END;"},
      {"BEGIN;"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.skipped);
    TextReader reader(bytes_of(std::string(c.skipped) + " rest"), "", nullptr);
    SqlLexer lexer(reader);
    lexer.skip_statement();
    CHECK(lexer.take().text == "rest");
  }
  TextReader reader(bytes_of("\nSELECT (1;"), "", nullptr);
  SqlLexer lexer(reader);
  CHECK(tests::error_of([&] { lexer.skip_statement(); }) ==
        "line 2, column 1: a statement begins here and never ends: the file is cut off");
}

TEST_CASE("sql lexer: passing over a statement keeps no string, however long") {
  TextReader reader(bytes_of("COMMENT ON t IS '" + std::string(kCellMaxBytes + 10, 'x') + "'; rest"), "", nullptr);
  SqlLexer lexer(reader);
  lexer.skip_statement();
  CHECK(lexer.take().text == "rest");
}
