#include "catalogue/question/leftovers.h"

#include <doctest/doctest.h>

#include "unit/catalogue/concerts.h"

using namespace fragua::catalogue;

namespace {

std::string left(std::string_view text) {
  const Question question(text);
  std::string all;
  for (const auto& span : find_leftovers(tests::concert_catalogue(), question)) all += (all.empty() ? "" : ", ") + question.text_of(span);
  return all;
}

}  // namespace

TEST_CASE("leftovers: what should mean something is left, neighbours together") {
  CHECK(left("jazz en Tokio") == "jazz, Tokio");
  CHECK(left("quiero entradas para Iron Maiden, Metallica") == "Iron Maiden, Metallica");
  CHECK(left("¿qué conciertos tenéis por 30 euros?") == "");
  CHECK(left("qué géneros y ciudades hay, concietros") == "");   // the catalogue's own words, mistyped too
}

TEST_CASE("leftovers: a short word that looks like one of the catalogue's own is another word") {
  auto catalogue = tests::concert_catalogue();
  catalogue.fields.push_back({"venue", FieldKind::shown, "sala"});
  const Question question("conciertos de salsa");
  const auto spans = find_leftovers(catalogue, question);
  REQUIRE(spans.size() == 1);
  CHECK(question.text_of(spans[0]) == "salsa");
}

TEST_CASE("leftovers: neighbours have nothing between them") {
  const Question question("Black Sabbath, hoy");
  CHECK(are_neighbours(question, {0, 1}, {1, 2}));
  CHECK(are_neighbours(question, {1, 2}, {0, 1}));
  CHECK_FALSE(are_neighbours(question, {1, 2}, {2, 3}));
  CHECK_FALSE(are_neighbours(question, {0, 1}, {2, 3}));
}

TEST_CASE("leftovers: who comes along is not asked for") {
  CHECK(left("punk con mi padre") == left("punk"));
  CHECK(left("a concert with my daughter") == "");
  CHECK(left("amb el meu fill") == "");
  CHECK(left("com o meu pai") == "");
  CHECK(left("algo con orquesta") == "orquesta");
}
