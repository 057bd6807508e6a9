#include "documents/extractors/office/sheet.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/recording_output.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

namespace {

void fill(Sheet& sheet, std::uint32_t row, const std::vector<std::string>& cells) {
  for (std::uint32_t i = 0; i < cells.size(); ++i) sheet.set(row, i, {cells[i], !cells[i].empty() && cells[i][0] >= '0' && cells[i][0] <= '9'});
}

Texts told(const Sheet& sheet) {
  RecordingOutput output;
  sheet.tell(1, output);
  return output.texts;
}

}  // namespace

TEST_CASE("sheet: lines of one cell are text, rows are a table") {
  Sheet sheet;
  fill(sheet, 0, {"Ventas"});
  fill(sheet, 2, {"Zona", "Total"});
  fill(sheet, 3, {"Norte", "12"});
  fill(sheet, 4, {"(a) provisional"});
  CHECK(told(sheet) == Texts{"p Ventas", "t | Zona | Total |\n| --- | --- |\n| Norte | 12 |", "p (a) provisional"});
}

TEST_CASE("sheet: a header of several rows is one, also over an empty row, and serves the rows after the next gap") {
  Sheet sheet;
  fill(sheet, 0, {"Zona", "2024"});
  sheet.set(0, 1, {"Enero"});
  fill(sheet, 1, {"", "neto"});
  fill(sheet, 3, {"Norte", "12"});
  fill(sheet, 5, {"Sur", "8"});
  CHECK(told(sheet) == Texts{"t | Zona | Enero – neto |\n| --- | --- |\n| Norte | 12 |", "t | Zona | Enero – neto |\n| --- | --- |\n| Sur | 8 |"});
}

TEST_CASE("sheet: a header without rows is not lost") {
  Sheet sheet;
  fill(sheet, 0, {"Nombre", "Apellido"});
  CHECK(told(sheet) == Texts{"t | Nombre | Apellido |\n| --- | --- |"});
}

TEST_CASE("sheet: a cell merged downwards is in every row that has something") {
  Sheet sheet;
  fill(sheet, 0, {"Zona", "Mes"});
  fill(sheet, 1, {"Norte", "1"});
  fill(sheet, 2, {"", "2"});
  sheet.merge_down(1, 4'000'000'000, 0);
  CHECK(told(sheet) == Texts{"t | Zona | Mes |\n| --- | --- |\n| Norte | 1 |\n| Norte | 2 |"});
}
