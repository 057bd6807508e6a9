#include "catalogue/assistant/plain_words.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue::assistant;

TEST_CASE("plain words: what begins a sentence and names nothing") {
  for (const auto* word : {"tenemos", "the", "aquest", "infelizmente", "no", "te"}) CHECK(is_plain_word(word));
  for (const auto* word : {"metallica", "madrid", "jazz", "sabado", "viernes"}) CHECK_FALSE(is_plain_word(word));
}

TEST_CASE("plain words: denials, offers, moving days and vague figures") {
  CHECK(denies("no"));
  CHECK_FALSE(denies("si"));
  CHECK(offers("tenemos"));
  CHECK(is_relative_day("hoy"));
  CHECK(is_vague_figure("cientos"));
  CHECK_FALSE(is_vague_figure("ciento"));
}
