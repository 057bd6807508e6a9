#include "documents/extractors/json_output.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <thread>

#include "base/json.h"
#include "base/strings.h"

using namespace fragua;
using namespace fragua::documents::extractors;

namespace {

// Everything that `tell` writes, line by line.
template <class Tell>
std::vector<std::string> lines_of(Tell tell, std::uint64_t text_max_bytes = 1 << 30) {
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  std::string bytes;
  std::thread reader([&] {
    std::array<char, 65536> buffer{};
    for (ssize_t count = 0; (count = ::read(ends[0], buffer.data(), buffer.size())) > 0;) bytes.append(buffer.data(), std::size_t(count));
  });
  JsonOutput output(ends[1], text_max_bytes);
  tell(output);
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);
  auto lines = split(bytes, '\n');
  lines.pop_back();
  return lines;
}

}  // namespace

TEST_CASE("json output: the document comes first and knows the language of what follows") {
  const auto lines = lines_of([](JsonOutput& output) {
    output.document({"pdf", "application/pdf", "Título \"uno\"", 1});
    output.page({1, "", 612, 792, true, 0.5, {{"Hola", {0.1, 0.2, 0.3, 0.4}}}});
    output.block({BlockKind::heading, "La mesa de ayuda de la empresa, que es la que los empleados usan para las altas", 1, 9, Box{0, 0, 1, 1}});
    output.finish();
  });
  REQUIRE(lines.size() == 4);
  CHECK(lines[0] == R"({"type":"document","format":"pdf","media_type":"application/pdf","title":"Título \"uno\"","language":"es","pages":1})");
  CHECK(lines[1] == R"({"type":"page","page":1,"label":"","width":612.00,"height":792.00,"ocr":true,"confidence":0.500,"words":[["Hola",0.1000,0.2000,0.3000,0.4000]]})");
  const auto block = parse_json(lines[2]);
  CHECK(block.at("level").as_int64() == 6);
  CHECK(block.at("box").as_array().size() == 4);
  CHECK(lines[3] == R"({"type":"end"})");
}

TEST_CASE("json output: a failure before any text is the only line") {
  const auto lines = lines_of([](JsonOutput& output) {
    output.document({"pdf", "application/pdf", "", 1});
    output.page({1});
    CHECK_THROWS_WITH_AS(output.finish(), "no text was found in the document", Failure);
    output.failure({FailureCode::empty, "none"});
  });
  CHECK(lines == std::vector<std::string>{R"({"type":"error","code":"empty","message":"none"})"});
}

TEST_CASE("json output: long text comes in pieces that fit into a line, cut at spaces and never inside a character") {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += "\x01ñandú ";
  const auto lines = lines_of([&](JsonOutput& output) {
    output.block({BlockKind::paragraph, text});
    output.finish();
  });
  CHECK(lines.size() > 4);
  std::string joined;
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    CHECK(lines[i].size() <= kLineMaxBytes);
    joined += parse_json(lines[i]).at("text").as_string();
  }
  CHECK(joined.size() == text.size());
}

TEST_CASE("json output: words that do not fit into a page's line are left out") {
  Page page{1};
  for (int i = 0; i < 400'000; ++i) page.words.push_back({"palabra", {0, 0, 1, 1}});
  const auto lines = lines_of([&](JsonOutput& output) {
    output.page(page);
    output.block({BlockKind::paragraph, "x", 1});
    output.finish();
  });
  CHECK(lines[1].size() <= kLineMaxBytes);
  CHECK(lines[1].ends_with("]}"));
}

TEST_CASE("json output: more text than allowed is too large") {
  lines_of(
      [](JsonOutput& output) {
        output.block({BlockKind::paragraph, std::string(600, 'a')});
        try {
          output.block({BlockKind::paragraph, std::string(600, 'b')});
          FAIL("nothing was thrown");
        } catch (const Failure& failure) {
          CHECK(failure.code() == FailureCode::too_large);
        }
      },
      1000);
}
