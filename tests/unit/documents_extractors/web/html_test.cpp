#include "documents/extractors/web/html.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/recording_output.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

namespace {

Texts told(const std::string& html) {
  RecordingOutput output;
  BlockJoiner joiner(output);
  tell_html(html, joiner);
  return output.texts;
}

}  // namespace

TEST_CASE("html: text between blocks is a paragraph, and inline elements do not divide it") {
  CHECK(told("Hola <b>gran</b>\n mundo<p>uno<p>dos<div>tres<br>cuatro</div>") == Texts{"p Hola gran mundo", "p uno", "p dos", "p tres\ncuatro"});
}

TEST_CASE("html: a table that only places things is read as text, its data tables as tables") {
  CHECK(told("<table><tr><td>Izquierda<td><table><tr><td>a<td>b<tr><td>1<td>2</table></table>") == Texts{"p Izquierda", "t | a | b |\n| --- | --- |\n| 1 | 2 |"});
}

TEST_CASE("html: cells that span are repeated downwards and blank to the right") {
  CHECK(told("<table><tr><th colspan=2>x<th>y<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>") ==
        Texts{"t | x |  | y |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n| 1 | 4 | 5 |"});
}

TEST_CASE("html: the encoding that a page declares") {
  CHECK(declared_charset("<meta charset=\"ISO-8859-1\">") == "iso-8859-1");
  CHECK(declared_charset("<meta http-equiv=x content='text/html; charset=utf-8'>") == "utf-8");
  CHECK(declared_charset("<?xml version='1.0' encoding='windows-1252'?>") == "windows-1252");
  CHECK(declared_charset("<p>") == "");
}

TEST_CASE("html: unclosed and overlapping tags lose nothing") { CHECK(told("<ul><li>a<li>b<p>c</ul><i>d<p>e</i>f") == Texts{"l - a\n- b\n- c", "p d", "p ef"}); }
