#include "documents/extractors/layout/table_finder.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/layout/made_lines.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

namespace {

std::vector<Row> rows_of(const std::vector<TextLine>& lines) {
  const auto found = find_table(lines, gutters(lines, 8));
  return found ? found->rows : std::vector<Row>();
}

}  // namespace

TEST_CASE("table finder: cells that line up are rows, and empty cells stay empty") {
  CHECK(rows_of({line_at(0, 0, "Pieza"), line_at(100, 0, "Precio"), line_at(0, 15, "Mesa"), line_at(100, 15, "80"), line_at(0, 30, "Silla"), line_at(100, 30, "40"),
                 line_at(0, 45, "Otro")}) == std::vector<Row>{{"Pieza", "Precio"}, {"Mesa", "80"}, {"Silla", "40"}, {"Otro", ""}});
}

TEST_CASE("table finder: a second line of the header belongs to it") {
  CHECK(rows_of({line_at(0, 0, "Pieza"), line_at(100, 0, "Precio"), line_at(200, 0, "Nota"), line_at(100, 11, "neto"), line_at(0, 40, "Mesa"), line_at(100, 40, "80"),
                 line_at(200, 40, "x"), line_at(0, 60, "Silla"), line_at(100, 60, "40"), line_at(200, 60, "y")}) ==
        std::vector<Row>{{"Pieza", "Precio neto", "Nota"}, {"Mesa", "80", "x"}, {"Silla", "40", "y"}});
}

TEST_CASE("table finder: columns of running text are no table") {
  std::vector<TextLine> lines;
  for (int i = 0; i < 6; ++i) {
    lines.push_back(line_at(0, i * 12, "este texto llena toda su columna"));
    lines.push_back(line_at(250, i * 12, "este otro llena la suya tambien"));
  }
  CHECK(rows_of(lines).empty());
}

TEST_CASE("table finder: lists side by side that break their lines where they like are no table") {
  std::vector<TextLine> lines;
  for (int i = 0; i < 4; ++i) {
    lines.push_back(line_at(0, i * 24, "Gestion de"));
    lines.push_back(line_at(0, i * 24 + 12, "riesgos"));
    lines.push_back(line_at(150, i * 24 + 12, "Capital humano"));
    lines.push_back(line_at(150, i * 24 + 24, "y social"));
  }
  CHECK(rows_of(lines).empty());
}
