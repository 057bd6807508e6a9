#include "catalogue/assistant/folded_words.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue::assistant;

TEST_CASE("folded words: case, accents and signs do not matter") {
  CHECK(folded_words("¿Cuántos CONCIERTOS hay en Málaga?") == FoldedWords{"cuantos", "conciertos", "hay", "en", "malaga"});
  CHECK(folded_words("d'octubre, 30,50 €") == FoldedWords{"d", "octubre", "30", "50"});
  CHECK(folded_words("").empty());
}

TEST_CASE("folded words: a run stands side by side, or nowhere") {
  const auto words = folded_words("la noche de death metal en Valencia");
  CHECK(position_of(words, {"death", "metal"}) == 3);
  CHECK_FALSE(position_of(words, {"death", "valencia"}));
  CHECK_FALSE(position_of(words, {}));
}

TEST_CASE("folded words: patterns have alternatives, beginnings and gaps") {
  const auto words = folded_words("cuál es el más barato de todos");
  CHECK(says(words, "cheapest | mas barat*"));
  CHECK(find_pattern(words, "mas barat*")->begin == 3);
  CHECK(find_pattern(words, "mas barat*")->end == 5);
  CHECK(says(words, "cual ~ barato"));
  CHECK_FALSE(says(words, "cual ~ todos"));
  CHECK_FALSE(says(words, "barat"));
  CHECK(begins_with(words, "que | cual"));
  CHECK_FALSE(begins_with(words, "mas"));
  CHECK_FALSE(says({}, "mas"));
}
