// ExplicitDays: days that are named: "15 de marzo", "15/03/2026", "del 3 al 10 de mayo", "en marzo", "2026", "el viernes", "verano", "el fin de
// semana del 15". Callers: dates. Threads: pure.
// What names no year is the one that is, or comes next.
#pragma once
#include "catalogue/question/calendar_phrases.h"

namespace fragua::catalogue {

std::optional<SaidDays> explicit_days_at(const Question& question, std::size_t at, Day today);

// "€", "euros", "eur", "$" …
bool is_currency(std::string_view word);

}  // namespace fragua::catalogue
