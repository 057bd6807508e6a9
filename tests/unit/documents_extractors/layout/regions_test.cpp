#include "documents/extractors/layout/regions.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/layout/made_lines.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

namespace {

std::string order(const std::vector<TextLine>& lines) {
  std::string out;
  for (const auto& region : reading_order(lines)) {
    out += region.table.empty() ? "[" : "[table ";
    for (const auto& line : region.lines) out += line_text(line).substr(0, 2) + " ";
    out += "]";
  }
  return out;
}

std::vector<TextLine> column(double x, double y, const std::string& name, int count) {
  std::vector<TextLine> lines;
  for (int i = 0; i < count; ++i) lines.push_back(line_at(x, y + i * 13, name + std::to_string(i) + " tiene bastantes palabras por linea"));
  return lines;
}

void add(std::vector<TextLine>& to, const std::vector<TextLine>& lines) { to.insert(to.end(), lines.begin(), lines.end()); }

}  // namespace

TEST_CASE("regions: a title over two columns comes first, then one column after the other") {
  std::vector<TextLine> lines;
  add(lines, column(260, 40, "b", 4));
  add(lines, column(0, 40, "a", 4));
  lines.push_back(line_at(60, 0, "Titulo que va por encima de las dos columnas del texto", 14));
  CHECK(order(lines) == "[Ti ][a0 a1 a2 a3 ][b0 b1 b2 b3 ]");
}

TEST_CASE("regions: a table between paragraphs is one region") {
  std::vector<TextLine> lines = column(0, 0, "p", 3);
  for (int i = 0; i < 3; ++i) {
    lines.push_back(line_at(0, 50 + i * 13, "r" + std::to_string(i)));
    lines.push_back(line_at(100, 50 + i * 13, "v" + std::to_string(i)));
  }
  add(lines, column(0, 100, "q", 2));
  CHECK(order(lines) == "[p0 p1 p2 ][table r0 v0 r1 v1 r2 v2 ][q0 q1 ]");
}

TEST_CASE("regions: nothing is lost, whatever the lines are like") {
  std::vector<TextLine> lines;
  for (int i = 0; i < 200; ++i) lines.push_back(line_at((i * 37) % 300, (i * 53) % 400, "w" + std::to_string(i), 5 + i % 7));
  std::size_t count = 0;
  for (const auto& region : reading_order(lines)) {
    for (const auto& line : region.lines) count += line.words.size();
  }
  CHECK(count == lines.size());
  CHECK(reading_order({}).empty());
}
