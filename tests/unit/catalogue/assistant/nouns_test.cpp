#include "catalogue/assistant/nouns.h"

#include <doctest/doctest.h>

#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;

TEST_CASE("nouns: items and facets have names in every language") {
  const auto catalogue = shop();
  CHECK(thing_of(*catalogue, Tongue::english).many == "concerts");
  CHECK(thing_of(*catalogue, Tongue::portuguese).one == "concerto");
  CHECK(facet_noun(*catalogue, "city", Tongue::spanish).many == "ciudades");
  CHECK(facet_noun(*catalogue, "city", Tongue::spanish).is_feminine);
  CHECK(facet_noun(*catalogue, "genre", Tongue::catalan).many == "gèneres");
  CHECK(is_place(*catalogue, "city"));
  CHECK_FALSE(is_place(*catalogue, "genre"));
  CHECK_FALSE(is_place(Field{"venue_description", FieldKind::text, "sobre la sala"}));
  CHECK(is_local_place(Field{"venue", FieldKind::facet, "sala"}));
  CHECK_FALSE(is_local_place(Field{"country", FieldKind::facet, "país"}));
}

TEST_CASE("nouns: what nobody knows stays as the catalogue has it") {
  Catalogue catalogue;
  catalogue.words = {"bicicleta", "bicicletas"};
  catalogue.fields = {{"colour", FieldKind::facet, "color"}};
  catalogue.facets = {{"colour", "color", {}}};
  CHECK(thing_of(catalogue, Tongue::english).many == "bicicletas");
  CHECK(thing_of(catalogue, Tongue::spanish).is_feminine);
  CHECK(facet_noun(catalogue, "colour", Tongue::spanish).many == "colores");
  CHECK(find_thing(catalogue, folded_words("¿cuántas bicicletas hay?")));
  CHECK(find_facet(catalogue, folded_words("¿qué colores hay?"))->field == "colour");
  CHECK_FALSE(find_thing(catalogue, folded_words("¿cuántos conciertos hay?")));
}

TEST_CASE("nouns: questions name them in any language") {
  const auto catalogue = shop();
  for (const auto* text : {"conciertos", "eventos", "any gigs?", "esdeveniments", "concertos", "shows"}) CHECK(find_thing(*catalogue, folded_words(text)));
  for (const auto* text : {"¿qué ciudades?", "which cities", "quines ciutats", "cidades"}) CHECK(find_facet(*catalogue, folded_words(text))->field == "city");
  for (const auto* text : {"estilos", "genres", "gèneres", "tipos de música"}) CHECK(find_facet(*catalogue, folded_words(text))->field == "genre");
  CHECK_FALSE(find_facet(*catalogue, folded_words("thrash en Valencia")));
}
