// Days as texts ("2026-03-15") and as what one can reckon with; which day it is in a time zone. Callers: catalogue/, api/native.
// Threads: pure. Never asks the machine for the time or its own time zone: both are handed in.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace fragua::catalogue {

using Day = std::chrono::sys_days;

// Nothing for what is not a day of the calendar, written YYYY-MM-DD.
std::optional<Day> parse_day(std::string_view text);
std::string text_of(Day day);
// Nothing for what no calendar has: 31 April.
std::optional<Day> make_day(int year, int month, int day);
Day first_of_month(Day day);
Day last_of_month(Day day);
// The first day of the month so many months later.
Day month_after(Day day, int months);

// Error(invalid_argument) for a time zone that nobody knows.
Day local_day(SystemTime time, const std::string& time_zone);

}  // namespace fragua::catalogue
