#include "search/stems.h"

#include <doctest/doctest.h>

using namespace fragua::search;

TEST_CASE("stems: forms of a word have one stem") {
  Stemmer spanish(Language::spanish), english(Language::english);
  CHECK(spanish.stem("jugadores") == spanish.stem("jugador"));
  CHECK(spanish.stem("conseguido") == spanish.stem("conseguidos"));
  CHECK(english.stem("connections") == english.stem("connected"));
  CHECK(spanish.stem("panthers") != english.stem("panthers"));
}

TEST_CASE("stems: numbers and other scripts stay as they are") {
  Stemmer spanish(Language::spanish);
  CHECK(spanish.stem("2015") == "2015");
  CHECK(spanish.stem("東京") == "東京");
  CHECK(spanish.stem("") == "");
}
