#include "catalogue/question/number_words.h"

#include <doctest/doctest.h>

#include "catalogue/assistant/folded_words.h"

using namespace fragua::catalogue;
using fragua::catalogue::assistant::folded_words;

TEST_CASE("number words: four languages, to their last word") {
  const std::pair<const char*, std::int64_t> numbers[] = {
      {"doce", 12},         {"veintiuno", 21},     {"treinta y uno", 31},  {"sesenta y siete", 67},    {"cuatrocientos diecinueve", 419}, {"mil doscientos", 1200}, {"cien", 100},
      {"dos mil veinticinco", 2025}, {"twelve", 12}, {"two hundred", 200}, {"one hundred and five", 105}, {"three thousand", 3000},          {"seixanta i set", 67},   {"vint i cinc", 25},
      {"dos cents", 200},   {"sessenta e sete", 67}, {"duzentos e dez", 210}, {"vinte e um", 21},       {"cero", 0},
  };
  for (const auto& [text, value] : numbers) {
    CAPTURE(text);
    const auto words = folded_words(text);
    const auto found = spelled_number(words);
    REQUIRE(found);
    CHECK(found->value == value);
    CHECK(found->words == words.size());
  }
}

TEST_CASE("number words: articles and other words are none, and a list is not a sum") {
  for (const auto* text : {"un concierto", "una sala", "one of them", "conciertos", ""}) {
    CAPTURE(text);
    CHECK_FALSE(spelled_number(folded_words(text)));
  }
  CHECK(spelled_number(folded_words("dos o tres"))->value == 2);
  CHECK(spelled_number(folded_words("cinco seis"))->value == 5);
  CHECK(spelled_number(folded_words("doce y"))->words == 1);
  CHECK(number_word("diez") == 10);
  CHECK_FALSE(number_word("diezmo"));
}
