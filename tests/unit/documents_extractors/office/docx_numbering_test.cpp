#include "documents/extractors/office/docx_numbering.h"

#include <doctest/doctest.h>

using namespace fragua::documents::extractors;

TEST_CASE("docx numbering: levels count within the level above") {
  DocxNumbering numbering(
      "<n><abstractNum abstractNumId='0'><lvl ilvl='0'><numFmt val='decimal'/><lvlText val='%1.'/></lvl><lvl ilvl='1'><numFmt val='upperRoman'/>"
      "<lvlText val='%1.%2'/></lvl></abstractNum><num numId='1'><abstractNumId val='0'/></num></n>");
  std::string text;
  for (const int level : {0, 1, 1, 0, 1}) text += numbering.next("1", level) + " ";
  CHECK(text == "1. 1.I 1.II 2. 2.I ");
  CHECK(numbering.next("9", 0) == "");
}

TEST_CASE("docx numbering: every kind of number") {
  CHECK(number_text(4, "decimal") == "4");
  CHECK(number_text(3, "lowerLetter") == "c");
  CHECK(number_text(28, "upperLetter") == "BB");
  CHECK(number_text(1994, "lowerRoman") == "mcmxciv");
  CHECK(number_text(100'000, "upperRoman") == "100000");
  CHECK(number_text(1, "none") == "");
}
