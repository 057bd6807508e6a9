#include "catalogue/assistant/check.h"

#include <doctest/doctest.h>

#include "catalogue/assistant/answer_text.h"
#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;

namespace {

void accepts(const std::string& question, const std::vector<const char*>& sentences) {
  const auto evidence = evidence_of(*shop(), facts_for(question));
  for (const auto* sentence : sentences) {
    CAPTURE(std::string(sentence));
    const auto flaw = flaw_of(sentence, evidence);
    CHECK_MESSAGE(!flaw, (flaw ? *flaw : ""));
  }
}

void refuses(const std::string& question, const std::vector<const char*>& sentences) {
  const auto evidence = evidence_of(*shop(), facts_for(question));
  for (const auto* sentence : sentences) {
    CAPTURE(std::string(sentence));
    CHECK(flaw_of(sentence, evidence));
  }
}

}  // namespace

TEST_CASE("check: true sentences pass, however they are written") {
  accepts("conciertos en Valencia", {"Tenemos 4 conciertos en Valencia.", "Hay cuatro conciertos en Valencia.", "Tenemos cuatro conciertos, desde 10 € hasta 31 €.",
                                     "El Valencia Death Metal Night [evt-6] es el 15 de noviembre de 2025 en el Palau de les Arts.",
                                     "Valencia Death Metal Night, el sábado 15 de noviembre, cuesta 31 euros.", "Valencia Thrash Attack [evt-10] empieza a las 20:00 y cuesta veinticinco euros.",
                                     "Te recomiendo Valencia Thrash Attack, de thrash metal, el 9/1/2026.", "Sí, tenemos conciertos en Valencia.", "¡Claro!", "Los precios van de 10 a 31 €."});
  accepts("How many concerts do you have?", {"We have 12 concerts.", "We have twelve concerts in 6 cities.", "There are 3 thrash metal concerts.", "Prices go from €10 to €75.", "I can help you."});
  accepts("¿Qué ciudades tenéis?", {"Madrid y Valencia tienen 4 conciertos cada una.", "Hay conciertos en Madrid, Valencia y London.", "Hay 1 concierto en Londres."});
  accepts("¿Tenéis conciertos de jazz?", {"No tenemos conciertos de jazz.", "No hay jazz, pero sí death metal."});
}

TEST_CASE("check: invented events and keys are refused") {
  refuses("conciertos en Valencia", {"Metallica toca el 15 de noviembre.", "También está Valencia Metal Fest [evt-6].", "Te recomiendo Iron Night [evt-77].", "Valencia Death Metal Night [evt-5] es el 15 de noviembre.",
                                     "Hay un concierto de Rammstein.", "El Gran Festival de Valencia es en noviembre.", "Consulta [evt-12] para más."});
}

TEST_CASE("check: wrong prices are refused, also those of another event") {
  refuses("conciertos en Valencia", {"Valencia Death Metal Night [evt-6] cuesta 30 €.", "Valencia Death Metal Night [evt-6] cuesta 25 €.", "Los precios empiezan en 5 €.", "Cuesta 31,50 €.", "Valencia Thrash Attack cuesta treinta y un euros.",
                                     "La entrada vale 12 euros.", "Es gratis.", "Con un 50 % de descuento.", "Cuesta €9.", "Cuesta la mitad."});
}

TEST_CASE("check: wrong days, months, weekdays and times are refused") {
  refuses("conciertos en Valencia", {"Valencia Death Metal Night [evt-6] es el 16 de noviembre.", "Valencia Death Metal Night [evt-6] es el 15 de octubre.", "Valencia Death Metal Night [evt-6] es en enero.", "Es el 9 de enero de 2027.",
                                     "Valencia Death Metal Night [evt-6] es el domingo 15 de noviembre.", "Valencia Death Metal Night [evt-6] empieza a las 20:00.", "Hay uno mañana.", "Valencia Thrash Attack [evt-10] es el 2026-01-10.",
                                     "Es el 31/12/2025.", "En abril hay más.", "Valencia Thrash Attack es en 2025.", "Doors open at 9 h.", "El concierto es hoy."});
}

TEST_CASE("check: wrong figures are refused, in digits and in words") {
  refuses("conciertos en Valencia", {"Tenemos 67 conciertos en Valencia.", "Tenemos doce conciertos en Valencia.", "Tenemos sesenta y siete conciertos.", "We have five concerts.", "Hay cientos de conciertos.", "Hay 999 conciertos.",
                                     "Tenemos decenas de eventos.", "Quedan 200 entradas."});
  refuses("¿Qué ciudades tenéis?", {"Madrid tiene 3 conciertos.", "Hay 4 conciertos en Bilbao.", "Tenemos 7 ciudades.", "Tenemos diecinueve ciudades."});
}

TEST_CASE("check: values of another item or of nothing that was asked are refused") {
  refuses("conciertos en Valencia", {"También hay conciertos en Madrid.", "Valencia Death Metal Night [evt-6] es de thrash metal.", "Valencia Thrash Attack es en Bilbao.", "Hay conciertos de punk.", "Hay conciertos en Londres."});
  refuses("¿Qué ciudades tenéis?", {"Hay conciertos en Tokio.", "Tenemos conciertos en París.", "Tenemos conciertos de jazz."});
}

TEST_CASE("check: what is asked and is not there is not claimed, and what is there is not denied") {
  refuses("¿Tenéis conciertos de jazz?", {"Sí, tenemos jazz.", "Tenemos conciertos de jazz."});
  refuses("conciertos en Valencia", {"No tenemos conciertos en Valencia.", "No hay conciertos."});
  refuses("conciertos de doom metal en Bilbao", {"Sí, tenemos conciertos de doom metal en Bilbao."});
  accepts("conciertos de doom metal en Bilbao", {"No tenemos conciertos de doom metal en Bilbao."});
}

TEST_CASE("check: an item's text lends no figures") {
  refuses("háblame de Madrid Black Metal Night", {"Este concierto cuesta 1 euro.", "Hay 999 conciertos."});
  accepts("háblame de Madrid Black Metal Night", {"Madrid Black Metal Night [evt-9] cuesta 18 € y es en la Sala But."});
}

TEST_CASE("check: whatever is made from facts alone passes") {
  for (const auto* question : {"¿Cuántos conciertos tenéis?", "¿Cuántos conciertos hay en Valencia?", "¿Cuál es el concierto más barato?", "¿Cuál es el concierto más caro en Madrid?", "¿Cuánto cuestan los conciertos en Valencia?",
                               "¿Cuándo es el próximo concierto de thrash?", "¿Cuál es el primer concierto?", "¿Qué ciudades tenéis?", "¿En qué ciudades hay thrash metal?", "conciertos en Madrid", "conciertos de death metal",
                               "¿Tenéis conciertos de jazz?", "¿Hay conciertos en Tokio?", "What is the cheapest concert?", "how many concerts are there in London", "Quins gèneres teniu?", "concerts de thrash metal", "Quantos concertos têm em Madrid?",
                               "háblame de Madrid Punk Rock Fest", "conciertos en noviembre por menos de 20"}) {
    const auto facts = facts_for(question);
    const auto evidence = evidence_of(*shop(), facts);
    for (const auto& piece : answer_of(*shop(), facts, tongue_of(facts.asked.understanding.language))) {
      CAPTURE(std::string(question));
      CAPTURE(piece);
      const auto flaw = flaw_of(piece, evidence);
      CHECK_MESSAGE(!flaw, (flaw ? *flaw : ""));
    }
  }
}
