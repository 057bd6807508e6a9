#include "documents/ask_prompt.h"

#include <doctest/doctest.h>

using namespace fragua::documents;

TEST_CASE("ask prompt: the answer's language follows the question") {
  CHECK(tongue_of("¿Cuándo abren las puertas del recinto?") == Tongue::spanish);
  CHECK(tongue_of("When do the doors of the venue open?") == Tongue::english);
  CHECK(tongue_of("OLAP") == Tongue::spanish);
  CHECK(not_there(Tongue::english) == "It is not in the documents.");
}

TEST_CASE("ask prompt: politeness needs no documents, questions do") {
  for (const auto* text : {"¡Hola!", "Buenos días", "muchas gracias", "Hello", "ok, thanks"}) CHECK_MESSAGE(is_small_talk(text), text);
  for (const auto* text : {"Hola, ¿cuándo abre la taquilla?", "gracias por el horario de la sala", "¿Qué tal el concierto de ayer en Madrid?"})
    CHECK_MESSAGE(!is_small_talk(text), text);
}

TEST_CASE("ask prompt: passages are numbered, and say their document, page and headings") {
  Passage passage;
  passage.document.title = "Manual";
  passage.chunk.page = 3;
  passage.chunk.heading = "Usar › Imprimir";
  passage.chunk.content = "Pulse el botón verde.";
  const auto messages = answer_prompt("¿Cómo se imprime?", {passage, passage}, "");
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].role == "system");
  CHECK(messages[1].content.find("[2] Manual, página 3, Usar › Imprimir\nPulse el botón verde.") != std::string::npos);
  CHECK(messages[1].content.ends_with("Pregunta: ¿Cómo se imprime?\nRespuesta:"));
  CHECK(answer_prompt("x", {passage}, "Sé breve.")[0].content == "Sé breve.");
}

TEST_CASE("ask prompt: the model may say in several ways that it is not there") {
  for (const auto* text : {"NO ESTÁ.", " NO ESTÁ", "No está en los fragmentos.", "NOT THERE"}) CHECK(says_not_there(text));
  CHECK_FALSE(says_not_there("La respuesta es siete."));
}

TEST_CASE("ask prompt: a question that leans on the one before it is asked with it, others stay as they are") {
  const std::vector<Turn> history{{"user", "¿A qué hora abren las puertas?"}, {"assistant", "A las 19:30."}};
  CHECK(in_context("¿Y los sábados?", history) == "¿A qué hora abren las puertas? ¿Y los sábados?");
  CHECK(in_context("¿Cuánto cuesta la consigna del aeropuerto de Madrid?", history) == "¿Cuánto cuesta la consigna del aeropuerto de Madrid?");
  CHECK(in_context("¿Y los sábados?", {}) == "¿Y los sábados?");
}
