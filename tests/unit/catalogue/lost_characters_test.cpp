#include "catalogue/lost_characters.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

namespace {

LostCharacters taught() {
  LostCharacters lost;
  for (const char* text :
       {"Teatro de Málaga, España", "Łazienkowska", "Alcalá años corazón", "Paral·lel", "Jamás jamón jamón", "Martín León"})
    lost.learn(text);
  return lost;
}

}  // namespace

TEST_CASE("lost characters: mended where exactly one whole word of the data fits") {
  struct Case {
    const char* before;
    const char* after;
  };
  const Case cases[] = {
      {"M??laga", "Málaga"},                    // a "?" for each byte
      {"M?laga", "Málaga"},                     // a "?" for each character
      {"M\uFFFDlaga", "Málaga"},
      {"M\uFFFD\uFFFDlaga", "Málaga"},
      {"M??LAGA y m??laga", "MÁLAGA y málaga"},
      {"(Teatro M??laga), hoy", "(Teatro Málaga), hoy"},
      {"??azienkowska", "Łazienkowska"},
      {"Alcal??", "Alcalá"},
      {"Paral??lel", "Paral·lel"},
      {"\u00bfa??os?", "\u00bfaños?"},
      {"Mart??n-Le??n", "Martín-León"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.before);
    auto lost = taught();
    std::vector<Mend> mends;
    CHECK(lost.mended(c.before, mends) == c.after);
    REQUIRE_FALSE(mends.empty());
    for (const auto& mend : mends) CHECK_FALSE(mend.after.empty());
  }
}

TEST_CASE("lost characters: none or several words that fit leave it, and say so") {
  auto lost = taught();
  lost.learn("Mílaga");
  std::vector<Mend> mends;
  CHECK(lost.mended("M??laga Pla??a M???laga", mends) == "M??laga Pla??a M???laga");
  REQUIRE(mends.size() == 3);
  for (const auto& mend : mends) CHECK(mend.after.empty());
}

TEST_CASE("lost characters: questions and addresses are no damage") {
  auto lost = taught();
  for (const char* text : {"¿Qué?", "Really??", "¿Cuándo?Hoy", "https://shop.example/?id=5", "a ?? b", "5?6", "?", "what?!", "page?id=3"}) {
    CAPTURE(text);
    std::vector<Mend> mends;
    CHECK(lost.mended(text, mends) == text);
    CHECK(mends.empty());
  }
}

TEST_CASE("lost characters: spaces and signs around stay") {
  auto lost = taught();
  std::vector<Mend> mends;
  CHECK(lost.mended("  M??laga \n\t[M??laga] ", mends) == "  Málaga \n\t[Málaga] ");
  CHECK(mends.size() == 2);
}
