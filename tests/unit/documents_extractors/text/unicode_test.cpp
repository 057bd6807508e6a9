#include "documents/extractors/text/unicode.h"

#include <doctest/doctest.h>

#include <vector>

using namespace fragua::documents::extractors;

TEST_CASE("unicode: a tidy line has single spaces, and nothing that cannot be seen") {
  CHECK(tidy_line("  a\t\n b\xC2\xA0" "c  ") == "a b c");
  CHECK(tidy_line("trans\xC2\xADparente\xE2\x80\x8B\xE2\x80\xAE") == "transparente");
  CHECK(tidy_line("a\x01\x02 b\xFF") == "a b\xEF\xBF\xBD");
  CHECK(tidy_line(" \n ") == "");
}

TEST_CASE("unicode: tidy lines keep lines and one empty line between paragraphs") {
  CHECK(tidy_lines("\n a  b \n\n\n c\nd\n") == "a b\n\nc\nd");
  CHECK(tidy_lines("") == "");
}

TEST_CASE("unicode: code keeps its spaces") { CHECK(tidy_code("\n\n  if (a)\r\n\tb;  \n\n") == "  if (a)\n\tb;"); }

TEST_CASE("unicode: words are letters in lower case") {
  std::vector<std::string> words;
  for_each_word("Año 2024: ÑANDÚ-azul", [&](const std::string& word) { words.push_back(word); });
  CHECK(words == std::vector<std::string>{"año", "ñandú", "azul"});
}

TEST_CASE("unicode: what a text begins and ends with") {
  CHECK(starts_with_lowercase("ñu"));
  CHECK(starts_with_uppercase("Ñu"));
  CHECK_FALSE(starts_with_uppercase("1"));
  CHECK_FALSE(starts_with_lowercase(""));
  CHECK(ends_with_letter("caé"));
  CHECK_FALSE(ends_with_letter("ca-"));
  CHECK(count_words(" a  bc\nd ") == 3);
  CHECK(count_characters("año") == 3);
}
