#include "catalogue/assistant/answer_text.h"

#include <doctest/doctest.h>

#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;

namespace {

std::string answer(const std::string& question, const std::string& today = "2025-11-10") {
  const auto facts = facts_for(question, today);
  std::string text;
  for (const auto& piece : answer_of(*shop(), facts, tongue_of(facts.asked.understanding.language))) text += piece;
  return text;
}

}  // namespace

TEST_CASE("answer text: counts agree with their nouns") {
  CHECK(answer("¿Cuántos conciertos tenéis?") == "Tenemos 12 conciertos.");
  CHECK(answer("¿Cuántos conciertos hay en Bilbao?") == "Tenemos 1 concierto en Bilbao.");
  CHECK(answer("¿Cuántos conciertos de doom metal hay en Bilbao?") == "No tenemos conciertos de doom metal en Bilbao.");
  CHECK(answer("How many concerts do you have in Valencia?") == "We have 4 concerts in Valencia.");
  CHECK(answer("Quants concerts teniu de thrash metal?") == "Tenim 3 concerts de thrash metal.");
  CHECK(answer("Quantos concertos têm em Madrid?") == "Temos 4 concertos em Madrid.");
}

TEST_CASE("answer text: what is not there gets an honest no, and what there is instead") {
  CHECK(answer("¿Tenéis conciertos de jazz?") == "No tenemos conciertos de jazz. Sí tenemos conciertos de otros géneros, como death metal, thrash metal, punk rock, indie rock y classic rock.");
  CHECK(answer("¿Hay conciertos en Tokio?") == "No tenemos conciertos en Tokio. Sí tenemos conciertos en otras ciudades, como Madrid, Valencia, Copenhagen, Bilbao y London.");
  CHECK(answer("¿Toca Metallica?") == "No tenemos nada sobre Metallica.");
  CHECK(answer("¿Hay jazz en Madrid?") == "No tenemos nada sobre jazz. Tenemos 4 conciertos en Madrid.");
  CHECK(answer("Are there jazz concerts? which?").starts_with("We have no jazz concerts."));
}

TEST_CASE("answer text: prices, with all that cost as little") {
  CHECK(answer("¿Cuál es el concierto más barato?").starts_with("Los conciertos más baratos cuestan 10 €; hay 2 a ese precio.\n- Valencia Thrash Storm [evt-4], 10 de mayo de 2025, "));
  CHECK(answer("¿Cuál es el concierto más caro?").starts_with("El concierto más caro cuesta 75 €.\n- London Classic Rock Festival [evt-8]"));
  CHECK(answer("What is the most expensive concert?").starts_with("The most expensive concert costs €75."));
  CHECK(answer("¿Cuánto cuestan los conciertos en Valencia?").starts_with("Tenemos 4 conciertos en Valencia, desde 10 € hasta 31 €."));
}

TEST_CASE("answer text: where there is more and less of it, with those that share a place") {
  CHECK(answer("¿Qué ciudad tiene más conciertos?") == "Las ciudades con más conciertos son Madrid y Valencia: 4 en cada caso. Después: Copenhagen (1), Bilbao (1) y London (1).");
  CHECK(answer("¿En qué ciudad hay más conciertos de thrash metal?") == "La ciudad con más conciertos de thrash metal es Valencia: 2. Después: Madrid (1).");
  CHECK(answer("¿Cuál es el género menos popular?").starts_with("Los géneros con menos conciertos son "));
  CHECK(answer("Which genre has the most concerts?").starts_with("The genres with the most concerts are death metal and thrash metal: 3 each. After that: "));
}

TEST_CASE("answer text: which value costs more and less on the average") {
  CHECK(answer("¿Cuál es la ciudad más cara?") == "La ciudad más cara es London: 75 € de media. Después: Copenhagen (56 €), Bilbao (22,50 €) y Valencia (20,50 €).");
  CHECK(answer("¿Cuál es el género más barato en Madrid?") == "El género más barato en Madrid es punk rock: 10 € de media. Después: indie rock (16 €), black metal (18 €) y thrash metal (28 €).");
  CHECK(answer("which genre is the cheapest?").starts_with("The cheapest genre is indie rock: €16 on average."));
}

TEST_CASE("answer text: the average, in cents") {
  CHECK(answer("¿Cuál es el precio medio de los conciertos de Madrid?") == "El precio medio es 18 €: son 4 conciertos en Madrid, desde 10 € hasta 28 €.");
  CHECK(answer("What is the average price?") == "The average price is €27.29: 12 concerts, from €10 to €75.");
}

TEST_CASE("answer text: of a few items what the question asks for is told too") {
  CHECK(answer("¿Qué aforo tienen los conciertos más baratos?").find("desde 10 €. Aforo: 1200.") != std::string::npos);
  CHECK(answer("¿Qué aforo tienen los conciertos?").find("Aforo") == std::string::npos);   // five are listed
}

TEST_CASE("answer text: the next, the first and the last") {
  CHECK(answer("¿Cuándo es el próximo concierto de thrash?") ==
        "El próximo concierto de thrash metal es Valencia Thrash Attack [evt-10], 9 de enero de 2026, thrash metal, Sala Rockstar, Valencia, desde 25 €.");
  CHECK(answer("¿Cuándo es el próximo concierto?", "2026-11-26").starts_with("No tenemos conciertos a partir de hoy, 26 de noviembre de 2026. El último que consta es Madrid Thrash Mayhem [evt-12]"));
  CHECK(answer("¿Cuál es el primer concierto?").starts_with("El primer concierto es Madrid Indie Revolution [evt-1]"));
  CHECK(answer("What is the last concert?").starts_with("The last concert is Madrid Thrash Mayhem [evt-12]"));
}

TEST_CASE("answer text: values with their counts") {
  CHECK(answer("¿Qué ciudades tenéis?") == "Tenemos conciertos en 6 ciudades: Madrid (4), Valencia (4), Copenhagen (1), Bilbao (1), London (1) y Barcelona (1).");
  CHECK(answer("¿En qué ciudades hay thrash metal?") == "Tenemos conciertos de thrash metal en 2 ciudades: Valencia (2) y Madrid (1).");
  CHECK(answer("Quins gèneres teniu?").starts_with("Tenim concerts de 7 gèneres: death metal (3)"));
}

TEST_CASE("answer text: lists name at most five, unless more are asked for") {
  const auto text = answer("conciertos en Madrid");
  CHECK(text.starts_with("Tenemos 4 conciertos en Madrid. Los que quedan por venir:\n- Madrid Punk Rock Fest [evt-7]"));
  CHECK(answer("conciertos", "2030-01-01").starts_with("Tenemos 12 conciertos. Por ejemplo:\n- "));
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  CHECK(lines(answer("conciertos", "2030-01-01")) == 5);
  CHECK(lines(answer("dame 10 conciertos", "2030-01-01")) == 10);
}

TEST_CASE("answer text: one item with all that is known of it, and several of one name") {
  CHECK(answer("háblame de Madrid Punk Rock Fest").starts_with("Madrid Punk Rock Fest [evt-7]: 20 de noviembre de 2025 a las 19:00. Género: punk rock. Sala: WiZink Center. Ciudad: Madrid. Precio: desde 10 €."));
  CHECK(answer("¿qué zonas tiene Valencia Death Metal Night?").find("desde 31 €. Zonas y precios: Pista 31 € y VIP 124 €.") != std::string::npos);
  CHECK(answer("¿cuándo es Valencia Death Metal Night?").starts_with("Hay 2 conciertos con ese nombre:\n- Valencia Death Metal Night [evt-2], 6 de febrero de 2025"));
}

TEST_CASE("answer text: talk knows the catalogue") {
  CHECK(talk_of(*shop(), Intent::greeting, Tongue::spanish).starts_with("¡Hola! Soy el asistente de Conciertos de rock y metal. Tenemos 12 conciertos"));
  CHECK(talk_of(*shop(), Intent::thanks, Tongue::english).starts_with("You are welcome"));
  CHECK(talk_of(*shop(), Intent::goodbye, Tongue::catalan) == "Fins aviat!");
  CHECK(talk_of(*shop(), Intent::about, Tongue::portuguese).starts_with("Sou o assistente"));
  CHECK(helpless(*shop(), Tongue::spanish).starts_with("No lo sé."));
  CHECK(unknown_purchase(*shop(), Tongue::spanish).starts_with("No lo sé"));
}
