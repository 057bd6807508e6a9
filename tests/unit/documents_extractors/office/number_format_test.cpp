#include "documents/extractors/office/number_format.h"

#include <doctest/doctest.h>

using namespace fragua::documents::extractors;

TEST_CASE("number format: dates and times are told by their code") {
  CHECK(number_kind(170, "dd/mm/yyyy") == NumberKind::date);
  CHECK(number_kind(170, "[$-C0A]d\" de \"mmmm") == NumberKind::date);
  CHECK(number_kind(170, "mmm-yy;@") == NumberKind::date);
  CHECK(number_kind(170, "h:mm AM/PM") == NumberKind::time);
  CHECK(number_kind(170, "[hh]:mm:ss") == NumberKind::time);
  CHECK(number_kind(170, "yyyy\\-mm\\-dd hh:mm") == NumberKind::date_time);
  CHECK(number_kind(170, "0.0%") == NumberKind::percent);
  CHECK(number_kind(170, "#,##0.00 \"días\"") == NumberKind::number);
  CHECK(number_kind(170, "[Red]-0.00") == NumberKind::number);
  CHECK(number_kind(170, "General") == NumberKind::number);
  CHECK(number_kind(14, "") == NumberKind::date);
  CHECK(number_kind(22, "") == NumberKind::date_time);
  CHECK(number_kind(2, "") == NumberKind::number);
}

TEST_CASE("number format: what is shown") {
  CHECK(shown_number(45352, NumberKind::date) == "2024-03-01");
  CHECK(shown_number(1, NumberKind::date) == "1900-01-01");
  CHECK(shown_number(61, NumberKind::date) == "1900-03-01");
  CHECK(shown_number(43890, NumberKind::date, true) == "2024-03-01");
  CHECK(shown_number(45352.5, NumberKind::date_time) == "2024-03-01 12:00");
  CHECK(shown_number(45352, NumberKind::date_time) == "2024-03-01");
  CHECK(shown_number(0.25001, NumberKind::time) == "06:00:01");
  CHECK(shown_number(0.153, NumberKind::percent) == "15.3%");
  CHECK(shown_number(1234.5, NumberKind::number) == "1234.5");
  CHECK(shown_number(-0.0, NumberKind::number) == "0");
  CHECK(shown_number(0.1 + 0.2, NumberKind::number) == "0.3");
  CHECK(shown_number(1e300, NumberKind::date) == "1e+300");
}
