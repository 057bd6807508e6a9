#include "catalogue/question/explicit_days.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

namespace {

// As said on Monday, 10 November 2025.
std::string said(std::string_view text) {
  const Question question(text);
  for (std::size_t at = 0; at < question.size(); ++at)
    if (const auto found = explicit_days_at(question, at, *parse_day("2025-11-10"))) return text_of(found->days.from) + " " + text_of(found->days.until);
  return "";
}

}  // namespace

TEST_CASE("explicit days: a day is written in many ways, and without a year it comes next") {
  for (const auto text : {"15 de marzo", "el 15 de marzo de 2026", "March 15th, 2026", "15/03/2026", "2026-03-15", "15/3", "15 mar", "15 de março", "15.03.2026"}) {
    CAPTURE(text);
    CHECK(said(text) == "2026-03-15 2026-03-15");
  }
  CHECK(said("el 15") == "2025-11-15 2025-11-15");
  CHECK(said("el 5") == "2025-12-05 2025-12-05");
  CHECK(said("15 de noviembre") == "2025-11-15 2025-11-15");
  CHECK(said("3 de noviembre") == "2026-11-03 2026-11-03");
  CHECK(said("29 de febrero") == "2028-02-29 2028-02-29");
  CHECK(said("31 de abril") == "2026-04-01 2026-04-30");   // no such day: the month stays
}

TEST_CASE("explicit days: ranges of days take the month and year of their end") {
  CHECK(said("del 3 al 10 de mayo") == "2026-05-03 2026-05-10");
  CHECK(said("entre el 3 y el 10 de mayo") == "2026-05-03 2026-05-10");
  CHECK(said("3-10 May 2026") == "2026-05-03 2026-05-10");
  CHECK(said("del 28 al 3 de marzo") == "2026-02-28 2026-03-03");
  CHECK(said("May 3 to 10") == "2026-05-03 2026-05-10");
  CHECK(said("del 20 al 25") == "2025-11-20 2025-11-25");
}

TEST_CASE("explicit days: months, their parts, years, seasons, weekdays and weekends") {
  CHECK(said("en marzo") == "2026-03-01 2026-03-31");
  CHECK(said("noviembre") == "2025-11-01 2025-11-30");
  CHECK(said("a finales de marzo") == "2026-03-21 2026-03-31");
  CHECK(said("early december") == "2025-12-01 2025-12-10");
  CHECK(said("marzo de 2027") == "2027-03-01 2027-03-31");
  CHECK(said("en 2026") == "2026-01-01 2026-12-31");
  CHECK(said("verano de 2026") == "2026-06-21 2026-09-22");
  CHECK(said("el viernes") == "2025-11-14 2025-11-14");
  CHECK(said("sábado 15") == "2025-11-15 2025-11-15");
  CHECK(said("sexta-feira") == "2025-11-14 2025-11-14");
  CHECK(said("el fin de semana del 15") == "2025-11-14 2025-11-16");
  CHECK(said("finde del 28 de marzo") == "2026-03-27 2026-03-29");
}

TEST_CASE("explicit days: money, counts and verbs are no days") {
  for (const auto text : {"20 euros", "2 entradas", "2026 euros", "€2026", "I may go", "al 20 €", "metal", "40/50", "45 de marzoo"}) {
    CAPTURE(text);
    CHECK(said(text) == "");
  }
}
