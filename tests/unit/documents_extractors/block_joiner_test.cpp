#include "documents/extractors/block_joiner.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/recording_output.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

TEST_CASE("block joiner: items that follow each other are one list, with their depth and numbers") {
  RecordingOutput output;
  BlockJoiner joiner(output, 2);
  joiner.item("one", "•", 0);
  joiner.item("inside", "", 1);
  joiner.item("second", "2.", 0);
  joiner.paragraph("between");
  joiner.item("alone", "", 0);
  joiner.flush();
  CHECK(output.texts == Texts{"l - one\n  - inside\n2. second", "p between", "l - alone"});
  CHECK(output.blocks[0].page == 2);
}

TEST_CASE("block joiner: what is only whitespace is no block, and does not end a list") {
  RecordingOutput output;
  BlockJoiner joiner(output);
  joiner.heading(1, "  \n");
  joiner.item("a", "", 0);
  joiner.paragraph("\t ");
  joiner.item("b", "", 0);
  joiner.code("\n\n");
  joiner.flush();
  CHECK(output.texts == Texts{"l - a\n- b"});
}

TEST_CASE("block joiner: a new page ends what was open") {
  RecordingOutput output;
  BlockJoiner joiner(output, 1);
  joiner.code("  x = 1;");
  joiner.start_page(2);
  joiner.code("y = 2;");
  joiner.flush();
  CHECK(output.texts == Texts{"c   x = 1;", "c y = 2;"});
  CHECK(output.blocks[1].page == 2);
}
