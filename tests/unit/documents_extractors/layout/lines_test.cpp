#include "documents/extractors/layout/lines.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/layout/made_lines.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

TEST_CASE("lines: the size is that of most characters, the box holds all") {
  auto line = line_at(10, 20, "grande");
  line.words.push_back({"2", {45, 15, 48, 21}});
  measure(line);
  CHECK(line.size == doctest::Approx(10));
  CHECK(line.box.y0 == doctest::Approx(15));
  CHECK(line.box.x1 == doctest::Approx(48));
  CHECK(line_text(line) == "grande 2");
}

TEST_CASE("lines: fractions of the page never leave it") {
  const auto box = in_fractions({-5, 50, 250, 100}, {200, 100, {}});
  CHECK(box.x0 == 0);
  CHECK(box.y0 == doctest::Approx(0.5));
  CHECK(box.x1 == 1);
  CHECK(in_fractions({1, 1, 2, 2}, {}).x1 == 0);
}
