#include "catalogue/question/calendar_phrases.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

namespace {

// As said on Monday, 10 November 2025.
std::string said(std::string_view text, const std::string& today = "2025-11-10") {
  const Question question(text);
  for (std::size_t at = 0; at < question.size(); ++at)
    if (const auto found = phrase_at(question, at, *parse_day(today)))
      return text_of(found->days.from) + " " + text_of(found->days.until) + (found->period.empty() ? "" : " " + found->period);
  return "";
}

}  // namespace

TEST_CASE("calendar phrases: this month and the next have names of their own") {
  for (const auto text : {"este mes", "this month", "aquest mes", "neste mês"}) CHECK(said(text) == "2025-11-01 2025-11-30 current_month");
  for (const auto text : {"el mes que viene", "el próximo mes", "next month", "el mes vinent", "no mês que vem"}) CHECK(said(text) == "2025-12-01 2025-12-31 next_month");
  CHECK(said("el mes que viene", "2025-12-31") == "2026-01-01 2026-01-31 next_month");
}

TEST_CASE("calendar phrases: days, weeks and weekends are reckoned from today") {
  CHECK(said("hoy") == "2025-11-10 2025-11-10");
  CHECK(said("mañana") == "2025-11-11 2025-11-11");
  CHECK(said("pasado mañana") == "2025-11-12 2025-11-12");
  CHECK(said("por la mañana") == "");
  CHECK(said("esta semana") == "2025-11-10 2025-11-16");
  CHECK(said("la semana que viene") == "2025-11-17 2025-11-23");
  CHECK(said("este finde") == "2025-11-14 2025-11-16");
  CHECK(said("next weekend") == "2025-11-14 2025-11-16");
  CHECK(said("next weekend", "2025-11-15") == "2025-11-21 2025-11-23");
  CHECK(said("próximos 30 días") == "2025-11-10 2025-12-10");
  CHECK(said("las próximas dos semanas") == "2025-11-10 2025-11-24");
  CHECK(said("next 3 months", "2025-11-30") == "2025-11-30 2026-02-28");
  CHECK(said("próximos 9999 días") == "");
  CHECK(said("este año") == "2025-01-01 2025-12-31");
  CHECK(said("lo que queda de año") == "2025-11-10 2025-12-31");
  CHECK(said("metal") == "");
}
