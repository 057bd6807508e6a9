#include "catalogue/question/dates.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

namespace {

// As asked on Monday, 10 November 2025.
std::string asked(std::string_view text) {
  Question question(text);
  const auto found = find_days(question, *parse_day("2025-11-10"));
  if (!found.days) return found.refused.empty() ? "" : "refused";
  return found.days->from + ".." + found.days->until + (found.period.empty() ? "" : " " + found.period);
}

}  // namespace

TEST_CASE("dates: before, until, from and after open a range at one end") {
  CHECK(asked("antes de verano") == "..2026-06-20");
  CHECK(asked("antes del 15 de marzo") == "..2026-03-14");
  CHECK(asked("hasta el 15 de marzo") == "..2026-03-15");
  CHECK(asked("a partir de marzo") == "2026-03-01..");
  CHECK(asked("after March 15") == "2026-03-16..");
  CHECK(asked("depois do verão") == "2026-09-23..");
  CHECK(asked("antes de este mes") == "..2025-10-31");
}

TEST_CASE("dates: what is left is still to come; tickets that are left are no days") {
  CHECK(asked("¿qué conciertos quedan en Madrid?") == "2025-11-10..");
  CHECK(asked("¿cuántos conciertos quedan este año?") == "2025-11-10..2025-12-31");
  CHECK(asked("conciertos que quedan este mes") == "2025-11-10..2025-11-30 current_month");
  CHECK(asked("¿cuántas entradas quedan?") == "");
  CHECK(asked("¿qué quedan de enero de 2025?") == "2025-01-01..2025-01-31");
}

TEST_CASE("dates: from one to another, or one and another, is all between") {
  CHECK(asked("de marzo a mayo") == "2026-03-01..2026-05-31");
  CHECK(asked("desde marzo hasta mayo") == "2026-03-01..2026-05-31");
  CHECK(asked("del 28 de febrero al 3 de marzo") == "2026-02-28..2026-03-03");
  CHECK(asked("viernes o sábado") == "2025-11-14..2025-11-15");
  CHECK(asked("entre diciembre y enero") == "2025-12-01..2026-01-31");
}

TEST_CASE("dates: a period has its name only if nothing else is said") {
  CHECK(asked("thrash metal este mes en Valencia") == "2025-11-01..2025-11-30 current_month");
  CHECK(asked("el próximo mes por 30 euros") == "2025-12-01..2025-12-31 next_month");
  CHECK(asked("el fin de semana del 15 en noviembre") == "2025-11-14..2025-11-16");
  CHECK(asked("antes del mes que viene") == "..2025-11-30");
}

TEST_CASE("dates: what is denied, or cannot be together, is refused; what is none is none") {
  CHECK(asked("que no sea este mes") == "refused");
  CHECK(asked("menos de 30 euros") == "");
  CHECK(asked("hasta 30") == "");
  CHECK(asked("conciertos en Madrid") == "");
  Question question("hoy en Madrid, y el 25 de marzo");
  const auto found = find_days(question, *parse_day("2025-11-10"));
  CHECK(found.days->from == "2025-11-10");
  CHECK(found.refused.size() == 1);
}
