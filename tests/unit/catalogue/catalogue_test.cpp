#include "catalogue/catalogue.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("catalogue: facets are found by their field, fields by their kind") {
  Catalogue catalogue;
  catalogue.fields = {{"id", FieldKind::key, ""}, {"a", FieldKind::text, ""}, {"b", FieldKind::text, ""}};
  catalogue.facets = {{"city", "ciudad", {}}};
  CHECK(catalogue.facet("city")->label == "ciudad");
  CHECK(!catalogue.facet("town"));
  CHECK(catalogue.field_of(FieldKind::text)->name == "a");
  CHECK(!catalogue.field_of(FieldKind::price));
}
