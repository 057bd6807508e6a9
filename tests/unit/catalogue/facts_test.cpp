#include "catalogue/facts.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("facts: figures, days, prices and values are the catalogue's own") {
  Catalogue catalogue;
  catalogue.title = "Conciertos";
  catalogue.words = {"concierto", "conciertos"};
  catalogue.items = 419;
  catalogue.first_day = "2025-01-01";
  catalogue.last_day = "2026-03-29";
  catalogue.price_min = 10;
  catalogue.price_max = 81.5;
  catalogue.currency = "EUR";
  catalogue.facets = {{"city", "ciudad", {{"Valencia", 67, {}}, {"Vigo", 9, {}}}}};
  CHECK(facts_of(catalogue) == "Conciertos: 419 conciertos, 2025-01-01 – 2026-03-29, 10 – 81.5 EUR.\nciudad (2): Valencia (67), Vigo (9)\n");
  CHECK(values_text(catalogue.facets[0], 1) == "Valencia (67), …");
}
