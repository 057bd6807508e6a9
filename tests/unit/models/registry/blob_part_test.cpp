#include "models/registry/blob_part.h"

#include <doctest/doctest.h>

using namespace fragua::models;

TEST_CASE("blob part: a blob is cut in sixteen, within the limits, and the parts cover it") {
  struct Case {
    std::uint64_t size;
    std::size_t parts;
    std::uint64_t first;
  };
  constexpr std::uint64_t kMega = 1'000'000;
  for (const auto& one : {Case{0, 1, 0}, Case{1, 1, 1}, Case{100 * kMega, 1, 100 * kMega},
                          Case{100 * kMega + 1, 2, 100 * kMega}, Case{1600 * kMega, 16, 100 * kMega},
                          Case{4800 * kMega, 16, 300 * kMega}, Case{40'000 * kMega, 40, 1000 * kMega}}) {
    CAPTURE(one.size);
    const auto parts = plan_parts(one.size, {100 * kMega, 1000 * kMega});
    CHECK(parts.size() == one.parts);
    CHECK(parts[0].size == one.first);
    CHECK(covers(parts, one.size));
  }
}

TEST_CASE("blob part: states that leave holes, overlap or run over are seen") {
  CHECK(!covers({}, 0));
  CHECK(!covers({{.size = 5}}, 6));
  CHECK(!covers({{.size = 7}}, 6));
  CHECK(!covers({{.size = 3}, {.number = 1, .offset = 4, .size = 2}}, 6));
  CHECK(!covers({{.size = 3}, {.number = 1, .offset = 2, .size = 3}}, 6));
  CHECK(!covers({{.size = 3}, {.number = 2, .offset = 3, .size = 3}}, 6));
  CHECK(!covers({{.size = 6, .completed = 7}}, 6));
  CHECK(!covers({{.size = 3}, {.number = 1, .offset = 3, .size = UINT64_MAX}}, 6));
}

TEST_CASE("blob part: written and read as Ollama does") {
  const BlobPart part{.number = 3, .offset = 300, .size = 100, .completed = 42};
  CHECK(to_text(part) == "{\"N\":3,\"Offset\":300,\"Size\":100,\"Completed\":42}\n");
  CHECK(parse_part(to_text(part)) == part);
  for (const char* text :
       {"", "{", "[]", "{}", R"({"N":0,"Offset":0,"Size":1})", R"({"N":-1,"Offset":0,"Size":1,"Completed":0})",
        R"({"N":0,"Offset":0,"Size":1,"Completed":2})", R"({"N":0,"Offset":0.5,"Size":1,"Completed":0})",
        R"({"N":"0","Offset":0,"Size":1,"Completed":0})"})
    CHECK_MESSAGE(!parse_part(text), text);
}
