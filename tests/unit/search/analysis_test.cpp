#include "search/analysis.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/strings.h"

using namespace fragua;
using namespace fragua::search;

namespace {

// As the text index does it: one of the phrases stands in the terms, word by word.
bool finds(std::string_view question, std::string_view text) {
  const auto terms = " " + index_terms(text) + " ";
  const auto pieces = split(match_expression(question), '"');
  for (std::size_t i = 1; i < pieces.size(); i += 2)
    if (terms.find(" " + pieces[i] + " ") != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("analysis: a text becomes its words without accents, and their stems") {
  CHECK(index_terms("Las acciones de la compañía") == "las acciones accion de la compania compan");
  CHECK(index_terms("The connected cables of the office") == "the connected connect cables cabl of the office offic");
  CHECK(index_terms("") == "");
  CHECK(index_terms("¡¿…?!") == "");
}

TEST_CASE("analysis: a text of unknown language has the stems of both") {
  CHECK(index_terms("Panthers Carolina") == "panthers panther carolina carolin");
}

TEST_CASE("analysis: a question leaves out what says nothing, unless there is nothing else") {
  CHECK(match_expression("¿Cuál es la capital de la región?") == "\"capital\" OR \"region\"");
  CHECK(match_expression("¿Qué es eso?") == "\"que\" OR \"es\" OR \"eso\"");
  CHECK(match_expression("") == "");
  CHECK(match_expression("¿?") == "");
}

TEST_CASE("analysis: questions find other forms, without accents, in capitals, in both languages") {
  CHECK(finds("accion", "Las ACCIONES subieron"));
  CHECK(finds("¿Quién es el JUGADOR?", "los jugadores del equipo"));
  CHECK(finds("espana", "viaje a España"));
  CHECK(finds("which connection is used", "the connections of the server"));
  CHECK(finds("Panthers", "Los Panthers cedieron solo 308 puntos en la temporada"));
  CHECK_FALSE(finds("¿Cuántos goles?", "la acción subió"));
}

TEST_CASE("analysis: the parts of a word are asked for as a phrase") {
  CHECK(match_expression("versión 3.5") == "\"version\" OR \"3 5\"");
  CHECK(finds("3.5", "la versión 3.5 del programa"));
  CHECK_FALSE(finds("3.5", "la versión 5.3 del programa"));
  CHECK(finds("correo@example.com", "escriba a correo@example.com"));
}

TEST_CASE("analysis: nothing that is asked leaves its quotes") {
  for (const std::string_view hostile : {"\" OR 1 --", "a\"b NEAR(c) * ^d : {e}", "owner : \"x\"", "título AND NOT (otro)"}) {
    const auto expression = match_expression(hostile);
    CHECK(std::count(expression.begin(), expression.end(), '"') % 2 == 0);
    const auto pieces = split(expression, '"');
    for (std::size_t i = 0; i < pieces.size(); i += 2) CHECK((pieces[i].empty() || pieces[i] == " OR "));
    for (std::size_t i = 1; i < pieces.size(); i += 2)
      CHECK(std::all_of(pieces[i].begin(), pieces[i].end(), [](unsigned char c) { return c == ' ' || c >= 0x80 || std::isalnum(c); }));
  }
}

TEST_CASE("analysis: a long question is cut, a repeated word is asked for once") {
  CHECK(match_expression("región Región REGIÓN region") == "\"region\"");
  std::string question;
  for (int i = 0; i < 5000; ++i) question += std::to_string(i) + " ";
  const auto expression = match_expression(question);
  CHECK(std::count(expression.begin(), expression.end(), '"') == std::ptrdiff_t(2 * kQuestionWordsMax));
}
