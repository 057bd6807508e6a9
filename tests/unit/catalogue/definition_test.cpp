#include "catalogue/definition.h"

#include <doctest/doctest.h>

using namespace fragua;
using namespace fragua::catalogue;

TEST_CASE("definition: a catalogue reads back from its JSON as it was") {
  Definition definition;
  auto& catalogue = definition.catalogue;
  catalogue.name = "tickets";
  catalogue.title = "Conciertos";
  catalogue.version = 3;
  catalogue.time_zone = "Europe/Madrid";
  catalogue.words = {"concierto", "conciertos"};
  catalogue.fields = {{"city", FieldKind::facet, "ciudad"}, {"price", FieldKind::price, "precio"}};
  catalogue.facets = {{"city", "ciudad", {{"Valencia", 67, {"València"}}}}};
  catalogue.items = 419;
  catalogue.price_min = 10;
  catalogue.search = {"search-nlp", 30};
  definition.models = {{"search-nlp", "sha256:1"}};
  const auto again = read_body<Definition>(parse_json(to_json(write_body(definition))), Unknown::refused);
  CHECK(write_body(again) == write_body(definition));
  CHECK(again.catalogue.fields[1].kind == FieldKind::price);
  CHECK(again.catalogue.facets[0].values[0].names[0] == "València");
  CHECK(!again.catalogue.price_max);
}

TEST_CASE("definition: every kind of field has a name of its own") {
  for (const auto kind : {FieldKind::key, FieldKind::title, FieldKind::text, FieldKind::facet, FieldKind::date, FieldKind::price, FieldKind::number, FieldKind::shown})
    CHECK(kind_named(name_of(kind)) == kind);
  CHECK(!kind_named("fact"));
}
