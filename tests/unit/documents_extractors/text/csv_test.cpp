#include "documents/extractors/text/csv.h"

#include <doctest/doctest.h>

using namespace fragua::documents::extractors;

TEST_CASE("csv: the delimiter is the one that makes rows of equal width") {
  CHECK(sniff_delimiter("a,b\n1,2\n") == ',');
  CHECK(sniff_delimiter("nombre;precio\nmesa;1,50\nsilla;2,75\n") == ';');
  CHECK(sniff_delimiter("a\tb\tc\n1\t2\t3\n") == '\t');
  CHECK(sniff_delimiter("a|b\n1|2\n") == '|');
}

TEST_CASE("csv: quotes may hold delimiters, quotes and line ends") {
  CHECK(parse_csv("a,\"b,\"\"x\"\"\ny\",c\r\n1,,2", ',') == std::vector<Row>{{"a", "b,\"x\"\ny", "c"}, {"1", "", "2"}});
  CHECK(parse_csv("\"open", ',') == std::vector<Row>{{"open"}});
  CHECK(parse_csv("sep=;\na;b\n", ';') == std::vector<Row>{{"a", "b"}});
  CHECK(parse_csv("", ',').empty());
}

TEST_CASE("csv: a row with thousands of columns is refused") { CHECK_THROWS_AS(parse_csv(std::string(5'000, ','), ','), Failure); }
