#include "documents/extractors/layout/markers.h"

#include <doctest/doctest.h>

using namespace fragua::documents::extractors;

TEST_CASE("markers: what an item begins with") {
  CHECK(item_marker("• uno") == 4);
  CHECK(item_marker("- uno") == 2);
  CHECK(item_marker("12. uno") == 4);
  CHECK(item_marker("a) uno") == 3);
  CHECK(item_marker("(b) uno") == 4);
  CHECK(item_marker("2024. Fin") == 0);
  CHECK(item_marker("De otro") == 0);
  CHECK(item_marker("•") == 0);
}

TEST_CASE("markers: numbers of sections") {
  CHECK(section_depth("1 Objeto") == 1);
  CHECK(section_depth("2.1. Alcance") == 2);
  CHECK(section_depth("3.2.1 Ámbito") == 3);
  CHECK(section_depth("1 objeto") == 0);
  CHECK(section_depth("12 Personas vinieron.") == 0);
  CHECK(section_depth("2024 Informe") == 0);
}
