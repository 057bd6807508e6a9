#include "catalogue/question/small_words.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("small words: what only asks names nothing, what is asked for does") {
  for (const auto word : {"quiero", "para", "the", "show", "vull", "gostaria", "entradas", "a"}) {
    CAPTURE(word);
    CHECK(is_small(word));
  }
  for (const auto word : {"jazz", "tokio", "metallica", "thrash", "valencia"}) {
    CAPTURE(word);
    CHECK_FALSE(is_small(word));
  }
}

TEST_CASE("small words: they tell the language, and Spanish is what is spoken where they do not") {
  const auto language = [](std::string_view text) { return language_of(Question(text)); };
  CHECK(language("¿qué conciertos hay este mes en Madrid?") == "es");
  CHECK(language("show me what is on in Madrid this month") == "en");
  CHECK(language("quins concerts hi ha aquest mes amb menys de 30 euros") == "ca");
  CHECK(language("quais são os concertos em Lisboa com preço até 30") == "pt");
  CHECK(language("thrash") == "es");
  CHECK(language("") == "es");
}
