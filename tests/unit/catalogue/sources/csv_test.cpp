#include "catalogue/sources/csv.h"

#include <doctest/doctest.h>

#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::shown;
using tests::RecordingSink;
using tests::error_of;

namespace {

void read_csv(std::string_view text, RowSink& sink, std::vector<std::string>* notes = nullptr) {
  CsvRows(std::make_unique<TextReader>(bytes_of(std::string(text)), "", nullptr), [&](std::string note) {
    if (notes) notes->push_back(std::move(note));
  }).read(sink);
}

std::string csv_error(std::string_view text) {
  return error_of([&] {
    RecordingSink sink;
    read_csv(text, sink);
  });
}

}  // namespace

TEST_CASE("csv: separators, headers and quotes") {
  struct Case {
    const char* text;
    const char* columns;
    std::vector<std::string> rows;
  };
  const Case cases[] = {
      {"id,name\n1,Rock\n2,Metal\n", "id <>, name <>", {"1|Rock", "2|Metal"}},
      {"id;name;price\n1;\"Rock; roll\";12,50\n2;Metal;9,00", "id <>, name <>, price <>", {"1|Rock; roll|12,50", "2|Metal|9,00"}},
      {"id\tname\r\n1\tRock\r\n\r\n2\t\r\n", "id <>, name <>", {"1|Rock", "2|NULL"}},
      {"a|b\nx|y\n", "a <>, b <>", {"x|y"}},
      {"sep=;\nid;name\n1;a,b,c\n", "id <>, name <>", {"1|a,b,c"}},
      {"1,Rock,2025-01-18\n2,Metal,2025-02-06\n", "column_1 <>, column_2 <>, column_3 <>", {"1|Rock|2025-01-18", "2|Metal|2025-02-06"}},
      {"id,text\n1,\"two\nlines and \"\"quotes\"\"\"\n2,\"\"\n", "id <>, text <>", {"1|two\nlines and \"quotes\"", "2|"}},
      {"id,text\n1,12\" single\n", "id <>, text <>", {"1|12\" single"}},
      {"name\nRock\n\nMetal\n", "name <>", {"Rock", "Metal"}},
      {"\"first, last\",b\n1,2\n", "first, last <>, b <>", {"1|2"}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    RecordingSink sink;
    read_csv(c.text, sink);
    CHECK(sink.columns_of("rows") == c.columns);
    std::vector<std::string> rows;
    for (const auto& row : sink.rows["rows"]) rows.push_back(shown(row));
    CHECK(rows == c.rows);
  }
}

TEST_CASE("csv: says what it found") {
  std::vector<std::string> notes;
  RecordingSink sink;
  read_csv("id\tname\n1\tRock\n", sink, &notes);
  CHECK(notes == std::vector<std::string>{"values separated by tabs; the first line names the columns"});
  CHECK(csv_shape("a;b\n1;2\n").separator == ';');
  CHECK_FALSE(csv_shape("a,a\n1,2\n").has_header);
}

TEST_CASE("csv: what does not fit is said with its place") {
  CHECK(csv_error("id,name\n1,Rock\n2\n") == "line 3, column 1: a row has 1 values for 2 columns");
  CHECK(csv_error("id,name\n1,Rock,x\n") == "line 2, column 1: a row has 3 values for 2 columns");
  CHECK(csv_error("id,name\n1,\"Rock\n") == "line 2, column 3: a quote opens here and is never closed");
  CHECK(csv_error("id,name\n1,\"Rock\"x\n") ==
        "line 2, column 9: after a closing quote comes \",\" or the line's end; a quote in a text is written twice");
  CHECK(csv_error("\n\n") == "line 3, column 1: there are no rows");
  std::string wide = "a";
  for (std::size_t i = 0; i < kColumnsMax; ++i) wide += ",b" + std::to_string(i);
  CHECK(csv_error(wide).ends_with("more than 1600 columns"));
}

TEST_CASE("csv: columns that are not wanted are not handed over") {
  RecordingSink sink;
  sink.unwanted_columns = {"mail"};
  read_csv("id,mail\n1,ana@shop.example\n", sink);
  CHECK(shown(sink.rows["rows"].at(0)) == "1|NULL");
}
