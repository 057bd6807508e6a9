#include "documents/citations.h"

#include <doctest/doctest.h>

using namespace fragua::documents;

namespace {

Passage passage(std::string content) {
  Passage made;
  made.chunk.content = std::move(content);
  return made;
}

std::vector<Word> words_of_line(const std::vector<std::string>& texts, float y) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto x = 0.1F * float(i);
    words.push_back({texts[i], {x, y, x + 0.09F, y + 0.02F}});
  }
  return words;
}

}  // namespace

TEST_CASE("citations: a sentence is borne by the passage that says it, in the passage's own words") {
  const std::vector<Passage> passages{passage("La devolución se hace en 14 días. Se paga con tarjeta."),
                                      passage("Las puertas abren a las 19:30. El concierto empieza a las 21:00.")};
  const auto citation = cite("Las puertas se abren a las 19:30.", passages);
  REQUIRE(citation.has_value());
  CHECK(citation->passage == 1);
  CHECK(citation->quote == "Las puertas abren a las 19:30.");
}

TEST_CASE("citations: what no passage says has none, and neither has a wrong number") {
  const std::vector<Passage> passages{passage("Las puertas abren a las 19:30.")};
  CHECK_FALSE(cite("El aparcamiento es gratuito para socios.", passages).has_value());
  CHECK_FALSE(cite("Las puertas abren a las 20:30.", passages).has_value());
  CHECK_FALSE(cite("", passages).has_value());
}

TEST_CASE("citations: two neighbouring sentences may bear one together") {
  const std::vector<Passage> passages{passage("El plazo es de 14 días. Después se pierde el derecho a la devolución.")};
  const auto citation = cite("Pasados 14 días de plazo se pierde el derecho a la devolución.", passages);
  REQUIRE(citation.has_value());
  CHECK(citation->quote == "El plazo es de 14 días. Después se pierde el derecho a la devolución.");
}

TEST_CASE("citations: markers that a model wrote are taken out") {
  CHECK(without_markers("Abre a las 19:30 [1]. Y cierra [2, 3].") == "Abre a las 19:30. Y cierra.");
  CHECK(without_markers("a[0] queda") == "a queda");
}

TEST_CASE("citations: a quote is found on its page line by line, whatever stands between its words") {
  auto words = words_of_line({"Título", "del", "documento"}, 0.1F);
  for (const auto& word : words_of_line({"Las", "puertas,", "abren"}, 0.2F)) words.push_back(word);
  for (const auto& word : words_of_line({"a", "las", "19:30."}, 0.23F)) words.push_back(word);
  const auto boxes = boxes_of("puertas abren\na las 19:30", words);
  REQUIRE(boxes.size() == 2);
  CHECK(boxes[0].x0 == doctest::Approx(0.1));
  CHECK(boxes[0].y0 == doctest::Approx(0.2));
  CHECK(boxes[1].x0 == doctest::Approx(0.0));
  CHECK(boxes[1].x1 == doctest::Approx(0.29));
  CHECK(boxes_of("no está aquí", words).empty());
  CHECK(boxes_of("", words).empty());
}
