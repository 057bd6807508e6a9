#include "documents/extractors/ocr/recognizer.h"

#include <doctest/doctest.h>

using namespace fragua::documents::extractors;

namespace {

const std::string kHead = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";

std::string word(int left, int top, int width, int height, double confidence, const std::string& text) {
  return "5\t1\t1\t1\t1\t1\t" + std::to_string(left) + "\t" + std::to_string(top) + "\t" + std::to_string(width) + "\t" + std::to_string(height) + "\t" +
         std::to_string(confidence) + "\t" + text + "\n";
}

}  // namespace

TEST_CASE("recognizer: words above the least confidence, and their mean") {
  const auto pages = parse_tsv(kHead + "1\t1\t0\t0\t0\t0\t0\t0\t200\t100\t-1\t\n4\t1\t1\t1\t1\t0\t10\t10\t90\t12\t-1\t\n" + word(10, 10, 40, 12, 90, "Hola") +
                               word(60, 10, 40, 12, 80, "amigos") + word(120, 10, 4, 4, 5, "~") + word(130, 10, 4, 4, 95, " "));
  REQUIRE(pages.size() == 1);
  CHECK(pages[0].words() == 2);
  CHECK(pages[0].confidence == doctest::Approx(0.84));
  CHECK(pages[0].rotation == 0);
  CHECK(pages[0].back({10, 10, 50, 22}).x1 == doctest::Approx(0.25));
}

TEST_CASE("recognizer: a page that lies is set upright, and its boxes find back") {
  // Turned to the right: the text runs from top to bottom at the right edge.
  const auto pages = parse_tsv(kHead + "1\t1\t0\t0\t0\t0\t0\t0\t100\t200\t-1\t\n4\t1\t1\t1\t1\t0\t80\t10\t12\t90\t-1\t\n" + word(80, 10, 12, 40, 90, "Hola") +
                               word(80, 60, 12, 40, 90, "amigos"));
  REQUIRE(pages.size() == 1);
  const auto& page = pages[0];
  CHECK(page.rotation == 90);
  CHECK(page.lines.width == 200);
  const auto& box = page.lines.lines[0].words[0].box;
  CHECK(box.x0 == doctest::Approx(10));
  CHECK(box.y0 == doctest::Approx(8));
  const auto back = page.back(box);
  CHECK(back.x0 == doctest::Approx(0.8));
  CHECK(back.y1 == doctest::Approx(0.25));
}

TEST_CASE("recognizer: rubbish is no page") {
  CHECK(parse_tsv("").empty());
  CHECK(parse_tsv("5\tx\ty\n\n\t\t\t").empty());
}
