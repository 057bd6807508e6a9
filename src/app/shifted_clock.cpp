#include "app/shifted_clock.h"

#include <charconv>

#include "base/error.h"

namespace fragua::app {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

int number_of(std::string_view digits) {
  int number = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? number : -1;
}

}  // namespace

std::chrono::seconds shift_to(const std::string& day, SystemTime now) {
  if (day.empty()) return std::chrono::seconds(0);
  const bool has_form = day.size() == 10 && day[4] == '-' && day[7] == '-';
  const std::string_view text = has_form ? std::string_view(day) : "0000-00-00";
  const year_month_day date(std::chrono::year(number_of(text.substr(0, 4))), std::chrono::month(unsigned(number_of(text.substr(5, 2)))),
                            std::chrono::day(unsigned(number_of(text.substr(8, 2)))));
  if (!has_form || !date.ok()) throw Error(ErrorCode::invalid_argument, "setting \"clock\" must be a day such as 2025-11-10, not \"" + day + "\"");
  return std::chrono::duration_cast<std::chrono::seconds>(sys_days(date) - std::chrono::floor<std::chrono::days>(now));
}

}  // namespace fragua::app
