#include "cli/document_answers.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

TEST_CASE("documents ask: an answer is followed by its sources with page and quote") {
  const auto answer = parse_json(R"({"answer":"At 18:00 [1].","sources":[
      {"number":1,"document":"guide.pdf","page":3,"quote":"doors open at 18:00"},
      {"number":2,"document":"a.md","page":0,"quote":"x\u001b"}]})");
  CHECK(answer_text(answer.as_object()) ==
        "At 18:00 [1].\n\n[1] guide.pdf, page 3: «doors open at 18:00»\n[2] a.md: «x»\n");
}

TEST_CASE("documents ask: an answer without sources is told alone") {
  CHECK(answer_text(parse_json(R"({"answer":"It is not in the documents.","sources":[]})").as_object()) ==
        "It is not in the documents.\n");
}

TEST_CASE("documents search: passages come with their ranks") {
  const auto answer = parse_json(R"({"passages":[{"document":"a.pdf","page":2,"content":"text",
      "text":{"rank":1,"score":3.5},"vector":null}]})");
  CHECK(passages_text(answer.as_object()) == "1. a.pdf, page 2  text 1 (3.500)\ntext\n\n");
  CHECK(passages_text(parse_json(R"({"passages":[]})").as_object()) == "nothing was found\n");
}
