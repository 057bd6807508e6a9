#include "documents/extractors/pdf/bbox_reader.h"

#include <doctest/doctest.h>

#include <vector>

using namespace fragua::documents::extractors;

namespace {

const std::string kPage =
    "<doc>\n <page width=\"100\" height=\"200\">\n <flow><block><line>\n <word xMin=\"1\" yMin=\"2\" xMax=\"3\" yMax=\"4\">A &amp; B</word>\n"
    " <word xMin=\"4\" yMin=\"2\" xMax=\"6\" yMax=\"4\">co\xC2\xAD</word></line></block><block><line><word xMin=\"1\" yMin=\"8\" xMax=\"3\" yMax=\"9\">x</word>"
    "</line></block></flow></page>";

}  // namespace

TEST_CASE("bbox reader: pages come as soon as they are whole, however the bytes are cut") {
  for (const std::size_t piece : {1ul, 7ul, 1000ul}) {
    std::vector<PageLines> pages;
    BboxReader reader([&](PageLines page) { pages.push_back(std::move(page)); });
    const auto text = kPage + kPage + "<page width=\"1\" ";
    for (std::size_t at = 0; at < text.size(); at += piece) reader.feed(text.substr(at, piece));
    REQUIRE(pages.size() == 2);
    REQUIRE(pages[1].lines.size() == 2);
    CHECK(pages[1].height == 200);
    CHECK(line_text(pages[1].lines[0]) == "A & B co\xC2\xAD");
    CHECK(pages[1].lines[0].group != pages[1].lines[1].group);
    CHECK(pages[1].lines[0].box.x1 == 6);
  }
}

TEST_CASE("bbox reader: what is not well-formed loses no more than its page") {
  std::vector<PageLines> pages;
  BboxReader reader([&](PageLines page) { pages.push_back(std::move(page)); });
  reader.feed("<page width=\"5\" height=\"5\"><flow></block></page>" + kPage);
  CHECK(pages.size() == 2);
  CHECK(pages[1].lines.size() == 2);
}
