#include "cli/ndjson.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::cli;

namespace {

struct Heard {
  std::vector<std::string> lines;
  NdjsonReader reader{[this](const json::object& line) { lines.push_back(to_json(line)); }};
};

}  // namespace

TEST_CASE("NDJSON: lines come out whole, however the bytes were cut") {
  const std::string text = "{\"a\":1}\n\r\n{\"b\":2}\n{\"c\":3}";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    Heard heard;
    for (std::size_t i = 0; i < text.size(); i += size) heard.reader.feed(std::string_view(text).substr(i, size));
    heard.reader.finish();
    CHECK(heard.lines == std::vector<std::string>{"{\"a\":1}", "{\"b\":2}", "{\"c\":3}"});
    CHECK_FALSE(heard.reader.error().has_value());
  }
}

TEST_CASE("NDJSON: an error ends the stream and is kept") {
  Heard heard;
  heard.reader.feed("{\"a\":1}\n{\"error\":\"out of luck\"}\n{\"b\":2}\n");
  heard.reader.finish();
  CHECK(heard.lines.size() == 1);
  CHECK(heard.reader.error() == "out of luck");
}

TEST_CASE("NDJSON: what is not JSON is an error that shows it") {
  Heard heard;
  heard.reader.feed("<html>\n");
  REQUIRE(heard.reader.error().has_value());
  CHECK(heard.reader.error()->find("<html>") != std::string::npos);
}

TEST_CASE("errors: Ollama's and OpenAI's forms") {
  CHECK(error_of(parse_json(R"({"error":"no"})")) == "no");
  CHECK(error_of(parse_json(R"({"error":{"message":"no","type":"x"}})")) == "no");
  CHECK_FALSE(error_of(parse_json(R"({"error":null})")).has_value());
  CHECK_FALSE(error_of(parse_json("[]")).has_value());
}
