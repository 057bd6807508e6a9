#include "catalogue/sources/json_rows.h"

#include <doctest/doctest.h>

#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::shown;
using tests::RecordingSink;
using tests::error_of;

namespace {

void read_json(std::string_view text, RowSink& sink) {
  JsonRows(std::make_unique<TextReader>(bytes_of(std::string(text)), "", nullptr)).read(sink);
}

std::string json_error(std::string_view text) {
  return error_of([&] {
    RecordingSink sink;
    read_json(text, sink);
  });
}

}  // namespace

TEST_CASE("json rows: an array and JSONL give the same rows, columns in the order in which they come") {
  for (const char* text : {R"([{"id": 1, "name": "Rock"}, {"price": 16.5, "id": 2, "tags": ["a", "ñ"], "ok": true, "at": null}])",
                           "{\"id\": 1, \"name\": \"Rock\"}\n\n  {\"price\": 16.5, \"id\": 2, \"tags\": [\"a\", \"\\u00f1\"],\n\"ok\": "
                           "true, \"at\": null}\n"}) {
    CAPTURE(text);
    RecordingSink sink;
    read_json(text, sink);
    CHECK(sink.columns_of("rows") == "id <>, name <>, price <>, tags <>, ok <>, at <>");
    REQUIRE(sink.rows["rows"].size() == 2);
    CHECK(shown(sink.rows["rows"][0]) == "1|Rock|NULL|NULL|NULL|NULL");
    CHECK(shown(sink.rows["rows"][1]) == "2|NULL|16.5|[\"a\",\"ñ\"]|true|NULL");
  }
}

TEST_CASE("json rows: what is wrong is said with its place") {
  CHECK(json_error("[{\"id\": 1},\n {\"id\" 2}]").starts_with("line 2, column 8: this is not JSON"));
  CHECK(json_error("[{\"id\": 1}\n {\"id\": 2}]") == "line 2, column 2: \",\" or \"]\" is expected after an object");
  CHECK(json_error("[{\"id\": 1}, 5]") == "line 1, column 13: a row is an object, {…}");
  CHECK(json_error("[{\"id\": 1}") == "line 1, column 11: the array is not closed: the file is cut off");
  CHECK(json_error("{\"id\": 1}\n{\"id\": ") == "line 2, column 1: an object begins here and never ends: the file is cut off");
  CHECK(json_error("[] x") == "line 1, column 4: something follows the array");
  CHECK(json_error("{\"a\": " + std::string(100, '[') + "}").find("this is not JSON") != std::string::npos);
  CHECK(json_error("{\"a\": \"" + std::string(kCellMaxBytes, 'x') + "\"}") == "line 1, column 1: an object is longer than 16 MiB");
}

TEST_CASE("json rows: a key that comes after the sample is an error, not lost") {
  std::string text;
  for (std::size_t i = 0; i < kJsonSampleRows; ++i) text += "{\"id\": " + std::to_string(i) + "}\n";
  RecordingSink sink;
  read_json(text + "{\"id\": 5}", sink);
  CHECK(sink.rows["rows"].size() == kJsonSampleRows + 1);
  CHECK(json_error(text + "{\"id\": 5, \"late\": 1}") ==
        "line 1001, column 1: the key \"late\" is in none of the first 1000 rows: move this row to the front");
}
