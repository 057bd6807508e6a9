#include "documents/extractors/layout/page_teller.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/recording_output.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

TEST_CASE("page teller: the page has the words of its blocks, then the loose ones, all turned back") {
  RecordingOutput output;
  const std::vector<LaidBlock> blocks{{BlockKind::heading, 2, "Uno", {}, {0, 0, 10, 10}, {{"Uno", {0, 0, 10, 10}}}},
                                      {BlockKind::table, 0, "", {{"a", "b"}, {"1", "2"}}, {0, 20, 10, 30}, {{"a", {0, 20, 5, 25}}}}};
  tell_page({7}, blocks, {{"pie", {0, 90, 10, 95}}}, [](const Box& box) { return in_fractions(box, {100, 100, {}}); }, output);
  REQUIRE(output.pages.size() == 1);
  CHECK(output.pages[0].words.size() == 3);
  CHECK(output.pages[0].words[2].text == "pie");
  CHECK(output.pages[0].words[2].box.y0 == doctest::Approx(0.9));
  CHECK(output.texts == Texts{"h2 Uno", "t | a | b |\n| --- | --- |\n| 1 | 2 |"});
  CHECK(output.blocks[1].page == 7);
  CHECK(output.blocks[1].box->y1 == doctest::Approx(0.3));
}
