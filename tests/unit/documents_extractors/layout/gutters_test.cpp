#include "documents/extractors/layout/gutters.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/layout/made_lines.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

TEST_CASE("gutters: bands that no line crosses and that are wide enough") {
  const std::vector<TextLine> lines{line_at(0, 0, "aaaa"), line_at(60, 0, "bbbb"), line_at(0, 20, "aaaaaa"), line_at(90, 20, "cc")};
  const auto found = gutters(lines, 8);
  REQUIRE(found.size() == 2);
  CHECK(found[0].from == doctest::Approx(30));
  CHECK(found[0].to == doctest::Approx(60));
  CHECK(found[1].width() == doctest::Approx(10));
  CHECK(gutters(lines, 12).size() == 1);
  CHECK(gutters({}, 1).empty());
}

TEST_CASE("gutters: the median size") { CHECK(median_size({line_at(0, 0, "a", 8), line_at(0, 0, "a", 10), line_at(0, 0, "a", 30)}) == doctest::Approx(10)); }
