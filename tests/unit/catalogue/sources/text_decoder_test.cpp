#include "catalogue/sources/text_decoder.h"

#include <doctest/doctest.h>

#include <vector>

#include "base/error.h"

using namespace fragua;
using namespace fragua::catalogue;

namespace {

struct Decoded {
  std::string text;
  std::vector<std::string> notes;
};

// In blocks of that many bytes.
Decoded decoded(std::string_view bytes, std::size_t block, const std::string& encoding = "") {
  Decoded result;
  TextDecoder decoder(encoding, [&](std::string note) { result.notes.push_back(std::move(note)); });
  while (!bytes.empty()) {
    const auto part = bytes.substr(0, block);
    bytes.remove_prefix(part.size());
    result.text += decoder.decode(part, bytes.empty());
  }
  return result;
}

std::string utf16(std::u16string_view text, bool little) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char low = char(unit & 0xFF), high = char(unit >> 8);
    bytes += little ? low : high;
    bytes += little ? high : low;
  }
  return bytes;
}

constexpr std::u16string_view kText = u"INSERT INTO t VALUES ('España', '\U0001F3B8');";
constexpr std::string_view kUtf8 = "INSERT INTO t VALUES ('España', '\U0001F3B8');";

}  // namespace

TEST_CASE("text decoder: one text in every encoding, whole and byte by byte of a pair") {
  const std::string utf8(kUtf8);
  struct Case {
    const char* name;
    std::string bytes;
    std::vector<std::string> notes;
  };
  const Case cases[] = {
      {"UTF-8", utf8, {}},
      {"UTF-8 with a mark", "\xEF\xBB\xBF" + utf8, {}},
      {"UTF-16LE with a mark", "\xFF\xFE" + utf16(kText, true), {"read as UTF-16LE"}},
      {"UTF-16BE with a mark", "\xFE\xFF" + utf16(kText, false), {"read as UTF-16BE"}},
      {"UTF-16LE without", utf16(kText, true), {"read as UTF-16LE"}},
      {"UTF-16BE without", utf16(kText, false), {"read as UTF-16BE"}},
  };
  for (const auto& c : cases)
    for (const std::size_t block : {64u, 1000u, 13u}) {
      CAPTURE(c.name);
      CAPTURE(block);
      if (block == 13 && std::string_view(c.name).ends_with("without")) continue;  // too little to see what it is
      const auto result = decoded(c.bytes, block);
      CHECK(result.text == utf8);
      CHECK(result.notes == c.notes);
    }
}

TEST_CASE("text decoder: bytes that are not UTF-8 make a text Windows-1252, as long as nothing was more than ASCII") {
  for (const std::size_t block : {1u, 5u, 1000u}) {
    const auto result = decoded("Espa\xF1" "a, 10 \x80, caf\xE9", block);
    CHECK(result.text == "España, 10 €, café");
    CHECK(result.notes == std::vector<std::string>{"read as Windows-1252: some of its bytes are not UTF-8"});
  }
}

TEST_CASE("text decoder: in a UTF-8 text damaged bytes become U+FFFD and are counted") {
  for (const std::size_t block : {1u, 7u, 1000u}) {
    const auto result = decoded("España M\xE1laga \xC3", block);
    CHECK(result.text == "España M\uFFFDlaga \uFFFD");
    CHECK(result.notes == std::vector<std::string>{"2 bytes are not UTF-8: their characters are lost (U+FFFD)"});
  }
}

TEST_CASE("text decoder: an encoding that is named is taken; an unknown one is refused") {
  CHECK(decoded("\xCC\xEE\xF1\xEA\xE2\xE0", 3, "windows-1251").text == "Москва");
  CHECK(decoded("Espa\xF1" "a", 3, "ISO-8859-1").text == "España");
  CHECK_THROWS_WITH_AS(TextDecoder("klingon-8", nullptr),
                       "the encoding \"klingon-8\" is not known: name it as IANA does, like windows-1252", Error);
}
