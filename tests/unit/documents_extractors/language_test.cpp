#include "documents/extractors/language.h"

#include <doctest/doctest.h>

using namespace fragua::documents::extractors;

TEST_CASE("language: told by the commonest words") {
  CHECK(guess_language("El acceso a la red se solicita en la mesa de ayuda, que lo concede por un plazo de tres meses a los empleados.") == "es");
  CHECK(guess_language("Access to the network is requested at the help desk, which grants it for a period of three months to all of its staff.") == "en");
  CHECK(guess_language("O acesso à rede é solicitado no balcão de apoio, que o concede por um prazo de três meses aos empregados da empresa.") == "pt");
  CHECK(guess_language("L'accès au réseau est demandé au service d'aide, qui le donne pour une durée de trois mois à tous les employés de la ville.") == "fr");
}

TEST_CASE("language: unknown where it cannot be told") {
  CHECK(guess_language("") == "");
  CHECK(guess_language("12.5 33.8 44.1 A B C D E") == "");
  CHECK(guess_language("Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt") == "");
  CHECK(guess_language("Hola") == "");
}
