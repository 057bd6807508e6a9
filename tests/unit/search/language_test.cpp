#include "search/language.h"

#include <doctest/doctest.h>

using namespace fragua::search;

TEST_CASE("language: the small words of a sentence tell it") {
  CHECK(language_of(words_of("¿Cuántos puntos dejaron escapar en defensa los Panthers?")) == Language::spanish);
  CHECK(language_of(words_of("How many points did the defense of the Panthers give up?")) == Language::english);
  CHECK(language_of(words_of("El jugador escuchó The Dark Side of the Moon en su casa, que está en el centro de la ciudad, y se fue con su "
                             "hermano a los bares de la costa")) == Language::spanish);
}

TEST_CASE("language: a title or a list tells nothing") {
  CHECK(language_of(words_of("Super Bowl 50")) == Language::unknown);
  CHECK(language_of({}) == Language::unknown);
  CHECK(language_of(words_of("the el of de")) == Language::unknown);
}

TEST_CASE("language: stop words belong to a language, with or without accents") {
  CHECK(is_stop_word("qué", Language::spanish));
  CHECK(is_stop_word("que", Language::spanish));
  CHECK_FALSE(is_stop_word("que", Language::english));
  CHECK(is_stop_word("the", Language::unknown));
  CHECK(is_stop_word("los", Language::unknown));
  CHECK_FALSE(is_stop_word("panthers", Language::unknown));
}
