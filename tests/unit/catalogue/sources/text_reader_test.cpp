#include "catalogue/sources/text_reader.h"

#include <doctest/doctest.h>

#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;

namespace {

std::string all_of(const std::string& bytes) {
  TextReader reader(bytes_of(bytes), "", nullptr);
  std::string all;
  for (int c = reader.take(); c != TextReader::kEnd; c = reader.take()) all += char(c);
  return all;
}

}  // namespace

TEST_CASE("text reader: knows the line and the column in characters") {
  TextReader reader(bytes_of("año\nnº 7\n"), "", nullptr);
  std::string text;
  reader.take_until("7", &text);
  CHECK(text == "año\nnº ");
  CHECK(reader.position().line == 2);
  CHECK(reader.position().column == 4);
  const auto error = tests::error_of([&] { reader.fail("wrong"); });
  CHECK(error == "line 2, column 4: wrong");
}

TEST_CASE("text reader: CR LF is one LF where the first line ends so, and stays where it does not") {
  CHECK(all_of("one\r\ntwo\r\nthree\r") == "one\ntwo\nthree\r");
  CHECK(all_of("one\ntwo\r\n") == "one\ntwo\r\n");
  // The pair on the border of two blocks.
  const std::string first(65'535, 'x');
  CHECK(all_of(first + "\r\nend\r\n") == first + "\nend\n");
}

TEST_CASE("text reader: what is kept of a text has a limit, what is passed over has none") {
  const std::string text(kCellMaxBytes + 1, 'x');
  TextReader passing(bytes_of(text + ";"), "", nullptr);
  passing.take_until(";", nullptr);
  CHECK(passing.take() == ';');
  CHECK(passing.take() == TextReader::kEnd);
  TextReader keeping(bytes_of(text), "", nullptr);
  std::string kept;
  CHECK(tests::error_of([&] { keeping.take_until(";", &kept); }).ends_with("a value is longer than 16 MiB"));
}
