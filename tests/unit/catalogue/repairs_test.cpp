#include "catalogue/repairs.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("repairs: the mapping's lines are put in the place of damaged text, and counted") {
  Repairs repairs({{"M??laga", "Málaga"}});
  CHECK(repairs.repaired("city", "M??laga") == "Málaga");
  CHECK(repairs.repaired("city", "M??laga") == "Málaga");
  CHECK(repairs.repaired("about", "Sala en M??laga") == "Sala en Málaga");
  CHECK(repairs.repaired("city", "Vigo") == "Vigo");
  ImportReport report;
  repairs.tell(report);
  CHECK(report.repaired_texts == 3);
  REQUIRE(report.repaired.size() == 2);
  CHECK(report.repaired[0].count == 2);
  CHECK(report.repaired[0].to == "Málaga");
}
