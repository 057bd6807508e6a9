#include "modelfile/utf8.h"

#include <doctest/doctest.h>

#include <vector>

using namespace fragua::modelfile;

TEST_CASE("utf8: code points become bytes and come back") {
  const std::vector<std::pair<char32_t, std::string>> cases{
      {U'a', "a"}, {U'\u00e9', "\xC3\xA9"}, {U'\u20ac', "\xE2\x82\xAC"}, {U'\U0001F600', "\xF0\x9F\x98\x80"}};
  for (const auto& [code, bytes] : cases) {
    std::string out;
    append_utf8(code, out);
    CHECK(out == bytes);
    CHECK(code_points(bytes) == std::u32string(1, code));
  }
}

TEST_CASE("utf8: what is not a code point becomes the replacement character") {
  for (const char32_t code : {char32_t(0xD800), char32_t(0x110000)}) {
    std::string out;
    append_utf8(code, out);
    CHECK(out == "\xEF\xBF\xBD");
  }
  CHECK(code_points("a\xFF\xC3") == std::u32string{U'a', kReplacementCharacter, kReplacementCharacter});
}
