#include "documents/extractors/text/markdown.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/recording_output.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

namespace {

Texts told(std::string_view text) {
  RecordingOutput output;
  tell_markdown(text, output);
  return output.texts;
}

}  // namespace

TEST_CASE("markdown: headings of both kinds, and paragraphs over lines") {
  CHECK(told("# Uno #\n\ntexto\nque sigue\n\nDos\n---\n### Tres\n") == Texts{"h1 Uno", "p texto que sigue", "h2 Dos", "h3 Tres"});
}

TEST_CASE("markdown: lists keep depth and numbers") {
  CHECK(told("- a\n  - b\n- c\n\n1. x\n2. y\n\nfin\n") == Texts{"l - a\n  - b\n- c\n1. x\n2. y", "p fin"});
}

TEST_CASE("markdown: tables and code are whole") {
  CHECK(told("| a | b\\|c |\n|---|:--|\n| 1 | 2 |\n\n```c\n# no heading\n\n  x\n```\nafter\n") ==
        Texts{"t | a | b\\|c |\n| --- | --- |\n| 1 | 2 |", "c # no heading\n\n  x", "p after"});
  CHECK(told("text\n\n    indented\n    code\n") == Texts{"p text", "c     indented\n    code"});
}

TEST_CASE("markdown: front matter and comments are left out") {
  CHECK(told("---\ntitle: x\n---\nHola <!-- no\n\nno -->mundo\n> cita\n") == Texts{"p Hola mundo cita"});
  CHECK(told("sin cerrar <!-- resto") == Texts{"p sin cerrar"});
}
