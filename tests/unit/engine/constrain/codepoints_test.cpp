#include "engine/constrain/codepoints.h"

#include <doctest/doctest.h>

#include "base/strings.h"

using namespace fragua;
using namespace fragua::engine;

namespace {

std::size_t texts_in(const std::vector<ByteRun>& runs) {
  std::size_t count = 0;
  for (const auto& run : runs) {
    std::size_t product = 1;
    for (int i = 0; i < run.length; ++i)
      product *= std::size_t(run.ranges[std::size_t(i)].last - run.ranges[std::size_t(i)].first) + 1;
    count += product;
  }
  return count;
}

bool covers(const std::vector<ByteRun>& runs, const std::string& text) {
  for (const auto& run : runs) {
    bool inside = std::size_t(run.length) == text.size();
    for (std::size_t i = 0; inside && i < text.size(); ++i)
      inside = run.ranges[i].first <= std::uint8_t(text[i]) && std::uint8_t(text[i]) <= run.ranges[i].last;
    if (inside) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("codepoints: byte runs are exactly the UTF-8 of a range, no more texts and no fewer") {
  const CodepointRange ranges[] = {{0, 0x7F},          {0x61, 0x61},       {0x7F, 0x80},     {0xE1, 0x3FF},
                                   {0x7FF, 0x801},     {0x20AC, 0xD7FF},   {0xE000, 0xFFFF}, {0xFFFF, 0x10000},
                                   {0x1F600, 0x1F64F}, {0x12345, 0x6789A}, {0, 0x800}};
  for (auto range : ranges) {
    const auto runs = utf8_runs(range);
    CHECK(texts_in(runs) == range.last - range.first + 1);
    for (Codepoint codepoint = range.first; codepoint <= range.last;
         codepoint += 1 + (range.last - range.first) / 997) {
      std::string text;
      append_utf8(text, codepoint);
      CHECK(is_valid_utf8(text));
      CHECK(covers(runs, text));
    }
  }
}

TEST_CASE("codepoints: sets join, invert and intersect, without surrogates") {
  const CodepointSet letters{{'a', 'f'}, {'d', 'z'}, {'A', 'Z'}};
  CHECK(letters.ranges() == std::vector<CodepointRange>{{'A', 'Z'}, {'a', 'z'}});
  CHECK(letters.inverted().inverted().ranges() == letters.ranges());
  CHECK_FALSE(letters.inverted().contains('q'));
  CHECK(letters.inverted().contains(0x1F600));
  CHECK_FALSE(CodepointSet::all().contains(0xD800));
  CHECK(CodepointSet::all().inverted().empty());
  CHECK(letters.intersected({{'x', 0x80}}).ranges() == std::vector<CodepointRange>{{'x', 'z'}});
}

TEST_CASE("codepoints: invalid UTF-8 is taken byte by byte") {
  std::string_view text = "é\xC3(\xE2\x82";
  CHECK(take_codepoint(text) == 0xE9);
  CHECK(take_codepoint(text) == 0xFFFD);
  CHECK(take_codepoint(text) == '(');
  CHECK(take_codepoint(text) == 0xFFFD);
  CHECK(take_codepoint(text) == 0xFFFD);
  CHECK(text.empty());
}
