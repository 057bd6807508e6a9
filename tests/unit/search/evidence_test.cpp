#include "search/evidence.h"

#include <doctest/doctest.h>

using namespace fragua::search;

namespace {

std::string filler(std::size_t words) {
  std::string text;
  for (std::size_t i = 0; i < words; ++i) text += "relleno" + std::to_string(i) + " ";
  return text;
}

}  // namespace

TEST_CASE("evidence: the passage where all that is asked stands has most") {
  const auto scores = evidence("¿En qué año murió Nikola Tesla?", {"Nikola Tesla nació en 1856.", "Nikola Tesla murió en el año 1943.", "El motor es de corriente alterna."});
  REQUIRE(scores.size() == 3);
  CHECK(scores[1] == 1);
  CHECK(scores[0] > 0);
  CHECK(scores[0] < 1);
  CHECK(scores[2] == 0);
}

TEST_CASE("evidence: what stands far apart counts less than what stands together") {
  const auto scores = evidence("precio de la licencia", {"La licencia tiene su precio.", "La licencia se renueva. " + filler(100) + "El precio es aparte."});
  CHECK(scores[0] == 1);
  CHECK(scores[1] < 1);
}

TEST_CASE("evidence: a rare word counts more than one that most passages have") {
  const auto scores = evidence("impuesto sobre la gasolina", {"El impuesto sube.", "La gasolina sube.", "El impuesto baja.", "Otro impuesto."});
  CHECK(scores[1] > scores[0]);
}

TEST_CASE("evidence: other forms and missing accents are the same words") {
  const auto scores = evidence("como instalo la impresora", {"Instalación de las impresoras", "Cómo se instala la IMPRESORA"});
  CHECK(scores[0] > 0);
  CHECK(scores[1] > 0);
}

TEST_CASE("evidence: nothing asked or nothing there is none") {
  CHECK(evidence("", {"algo"}) == std::vector<double>{0});
  CHECK(evidence("algo", {}).empty());
  CHECK(evidence("algo", {"", "nada"}) == std::vector<double>{0, 0});
}
