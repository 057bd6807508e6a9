#include "documents/extractors/layout/loose_words.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/layout/made_lines.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

TEST_CASE("loose words: a bullet goes before the line beside it") {
  const auto lines = with_loose_words_joined({line_at(0, 0, "●"), line_at(0, 12, "●"), line_at(20, 0, "uno"), line_at(20, 12, "dos")});
  REQUIRE(lines.size() == 2);
  CHECK(line_text(lines[0]) == "● uno");
  CHECK(line_text(lines[1]) == "● dos");
}

TEST_CASE("loose words: a raised sign goes where it stands") {
  const auto lines = with_loose_words_joined({line_at(33, -3, "2", 6), line_at(0, 0, "Pedro y Ana")});
  REQUIRE(lines.size() == 1);
  CHECK(line_text(lines[0]) == "Pedro y 2 Ana");
}

TEST_CASE("loose words: a section's number joins its title, a table's first cell does not") {
  CHECK(line_text(with_loose_words_joined({line_at(0, 0, "3.1"), line_at(25, 0, "Alcance")}).front()) == "3.1 Alcance");
  CHECK(with_loose_words_joined({line_at(0, 0, "3"), line_at(20, 0, "Mesas"), line_at(80, 0, "40")}).size() == 3);
}
