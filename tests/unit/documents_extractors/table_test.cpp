#include "documents/extractors/table.h"

#include <doctest/doctest.h>

#include "unit/documents_extractors/recording_output.h"

using namespace fragua::documents::extractors;
using namespace fragua::documents::extractors::tests;

TEST_CASE("table: cells are one line, bars are escaped, short rows are filled up") {
  CHECK(to_markdown({"a", "b"}, {{"1\n2", "x|y"}, {"3"}}) == "| a | b |\n| --- | --- |\n| 1 2 | x\\|y |\n| 3 |  |");
}

TEST_CASE("table: every block of a long one begins with the header") {
  std::vector<Row> rows{{"n", "square"}};
  for (int i = 0; i < 120; ++i) rows.push_back({std::to_string(i), std::to_string(i * i)});
  RecordingOutput output;
  tell_table({rows, 3, std::nullopt}, output);
  REQUIRE(output.texts.size() == 3);
  for (const auto& text : output.texts) CHECK(text.starts_with("t | n | square |\n| --- | --- |\n"));
  CHECK(output.texts[2].ends_with("| 119 | 14161 |"));
  CHECK(output.blocks[0].page == 3);
}

TEST_CASE("table: empty rows and columns are left out, one column is no table") {
  RecordingOutput output;
  tell_table({{{"a", "", "b"}, {"", "", ""}, {"1", "", "2"}}}, output);
  tell_table({{{"only", ""}, {"one", " "}}}, output);
  tell_table({{{"", ""}}}, output);
  CHECK(output.texts == Texts{"t | a | b |\n| --- | --- |\n| 1 | 2 |", "p only", "p one"});
}
