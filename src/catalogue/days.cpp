#include "catalogue/days.h"

#include <unicode/timezone.h>

#include <charconv>
#include <cstdio>
#include <memory>

#include "base/error.h"

namespace fragua::catalogue {

using namespace std::chrono;

namespace {

std::optional<int> number_of(std::string_view digits) {
  int number = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (problem != std::errc() || end != digits.data() + digits.size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

std::optional<Day> make_day(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)), std::chrono::day(unsigned(day))};
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number_of(text.substr(0, 4)), month = number_of(text.substr(5, 2)), day = number_of(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return make_day(*year, *month, *day);
}

std::string text_of(Day day) {
  const year_month_day date(day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()), unsigned(date.day()));
  return text;
}

Day first_of_month(Day day) {
  const year_month_day date(day);
  return Day(date.year() / date.month() / 1);
}

Day last_of_month(Day day) {
  const year_month_day date(day);
  return Day(date.year() / date.month() / last);
}

Day month_after(Day day, int months) {
  const year_month_day date(first_of_month(day));
  return Day(date + std::chrono::months(months));
}

Day local_day(SystemTime time, const std::string& time_zone) {
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  if (!zone || *zone == icu::TimeZone::getUnknown())
    throw Error(ErrorCode::invalid_argument, "there is no time zone \"" + time_zone + "\"; one is called \"Europe/Madrid\"");
  const auto since = duration_cast<milliseconds>(time.time_since_epoch());
  std::int32_t raw = 0, summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone->getOffset(double(since.count()), false, raw, summer, status);
  if (U_FAILURE(status)) throw Error(ErrorCode::internal, "the time of a time zone cannot be told");
  return floor<days>(sys_time<milliseconds>(since + milliseconds(raw + summer)));
}

}  // namespace fragua::catalogue
