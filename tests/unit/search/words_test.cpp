#include "search/words.h"

#include <doctest/doctest.h>

#include "base/strings.h"

using namespace fragua;
using namespace fragua::search;

namespace {

std::string as_text(std::string_view text) {
  std::vector<std::string> words;
  for (const auto& word : words_of(text)) words.push_back(join(word.parts, "+"));
  return join(words, " ");
}

}  // namespace

TEST_CASE("words: letters and digits, in lower case, with their accents") {
  CHECK(as_text("¿Cuántos PUNTOS, 308?") == "cuántos puntos 308");
  CHECK(as_text("ÁRBOL Straße ＡＢＣ ﬁn") == "árbol strasse abc fin");
  CHECK(as_text("") == "");
  CHECK(as_text(" …—!? 👍 ") == "");
}

TEST_CASE("words: what stands between letters makes parts of one word") {
  CHECK(as_text("3.5 d'Urville snake_case example.com") == "3+5 d+urville snake+case example+com");
  CHECK(as_text("wi-fi A/B") == "wi fi a b");
}

TEST_CASE("words: decomposed and composed letters are the same") { CHECK(as_text("accio\xcc\x81n") == as_text("acción")); }

TEST_CASE("words: scripts without spaces are cut too") {
  CHECK(words_of("東京都に住む").size() > 1);
  CHECK(as_text("Привет, МИР") == "привет мир");
}

TEST_CASE("words: invalid bytes and zeros are no letters") {
  CHECK(as_text("uno \xff\xfe dos\xc3") == "uno dos");
  CHECK(as_text(std::string_view("uno\0dos", 7)) == "uno dos");
}

TEST_CASE("words: a long text and a long word are cut, between characters") {
  const auto words = words_of(std::string(kWordMaxBytes - 1, 'a') + "ñññ corto");
  REQUIRE(words.size() == 2);
  CHECK(words[0].parts == std::vector{std::string(kWordMaxBytes - 1, 'a')});
  std::string text;
  while (text.size() < 2 * kTextMaxBytes) text += "año ";
  CHECK(words_of(text).size() == kTextMaxBytes / 5 + 1);
}

TEST_CASE("words: accents are taken off any letter") {
  CHECK(without_accents("acción") == "accion");
  CHECK(without_accents("ñandú") == "nandu");
  CHECK(without_accents("ελλάδα") == "ελλαδα");
  CHECK(without_accents("plain") == "plain");
}
