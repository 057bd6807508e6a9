#include "catalogue/assistant/own_words.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;

TEST_CASE("own words: what says the kind of an answer is neither unknown nor looked for") {
  Understanding understanding;
  understanding.not_understood = {"total", "jazz", "devolver", "el precio"};
  understanding.filter.text = "caro tormenta";
  understanding.traces = {{"text", "caro", "caro", "exact"}, {"text", "tormenta", "tormenta", "exact"}, {"city", "Madrid", "Madrid", "exact"}};
  drop_own_words(understanding);
  CHECK(understanding.not_understood == std::vector<std::string>{"jazz"});
  CHECK(understanding.filter.text == "tormenta");
  CHECK(understanding.traces.size() == 2);
}

TEST_CASE("own words: nothing is taken where nothing is") {
  Understanding understanding;
  drop_own_words(understanding);
  CHECK(understanding.not_understood.empty());
}
