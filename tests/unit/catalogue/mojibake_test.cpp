#include "catalogue/mojibake.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("mojibake: mended where every character reads back") {
  struct Case {
    const char* before;
    const char* after;
  };
  const Case cases[] = {
      {"EspaÃ±a", "España"},
      {"EspaÃƒÂ±a", "España"},
      {"EspaÃƒÆ’Ã‚Â±a", "España"},
      {"Â¿QuÃ© canciÃ³n?", "¿Qué canción?"},
      {"10 â‚¬ â€“ hoy", "10 € – hoy"},
      {"\u00C3\u0081vila", "Ávila"},        // as Latin-1
      {"ÃVILA", "ÃVILA"},                   // what stood behind is lost
      {"ðŸŽ¸ rock", "\U0001F3B8 rock"},
      {"ESPAÃ‘A", "ESPAÑA"},
      {"CÃ³rdoba y MÃ¡laga", "Córdoba y Málaga"},
      {"ZÃ¼rich\tBogotÃ¡\n", "Zürich\tBogotá\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.before);
    std::vector<Mend> mends;
    CHECK(without_mojibake(c.before, mends) == c.after);
    for (const auto& mend : mends) CHECK_FALSE(mend.after.empty());
  }
}

TEST_CASE("mojibake: whole texts stay as they are, and nothing is reported") {
  for (const char* text : {"España", "São Paulo", "IRMÃ", "Ünïcödé naïve", "Århus Ærø", "10 € – 20 €", "«Sí»", "plain", "日本語", "Ÿ×Þ"}) {
    CAPTURE(text);
    std::vector<Mend> mends;
    CHECK(without_mojibake(text, mends) == text);
    CHECK(mends.empty());
  }
}

TEST_CASE("mojibake: what is not certain is reported and left") {
  for (const char* word : {"«IRMÃ»", "IRMÃ»", "EspaÃ±añ"}) {
    CAPTURE(word);
    std::vector<Mend> mends;
    CHECK(without_mojibake(word, mends) == word);
    REQUIRE(mends.size() == 1);
    CHECK(mends[0].before == word);
    CHECK(mends[0].after.empty());
  }
}
