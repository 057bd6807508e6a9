#include "documents/extractors/office/number_format.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

namespace fragua::documents::extractors {

namespace {

constexpr double kDaysMax = 2'958'466;  // the year 10000
constexpr double kSecondsPerDay = 86'400;
constexpr int kDays1904 = 1'462;

NumberKind built_in(int id) {
  if (id == 9 || id == 10) return NumberKind::percent;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || (id >= 50 && id <= 58)) return NumberKind::date;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return NumberKind::time;
  return id == 22 || id == 36 ? NumberKind::date_time : NumberKind::number;
}

// The part for positive numbers, without quoted texts, escaped characters and [colours].
std::string bare_code(std::string_view code) {
  std::string out;
  bool quoted = false, bracket = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (quoted) {
      quoted = c != '"';
    } else if (bracket) {
      // [h] and [mm] are elapsed times
      if (c != ']' && i + 1 < code.size() && (code[i + 1] == ']' || code[i + 1] == c) && (c == 'h' || c == 'm' || c == 's')) out += c;
      bracket = c != ']';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[') {
      bracket = true;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == ';') {
      break;
    } else {
      out += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    }
  }
  return out;
}

std::string date_text(double value) {
  using namespace std::chrono;
  // The first of January 1900 is day 1, and 1900 has a 29th of February that never was.
  const auto days_since = std::floor(value) + (value < 60 ? 1 : 0);
  const year_month_day date(sys_days(year(1899) / December / 30) + days(int(days_since)));
  return fmt::format("{:04d}-{:02d}-{:02d}", int(date.year()), unsigned(date.month()), unsigned(date.day()));
}

std::string time_text(double value) {
  const auto seconds = std::llround((value - std::floor(value)) * kSecondsPerDay);
  const auto hours = seconds / 3600 % 24, minutes = seconds / 60 % 60, rest = seconds % 60;
  return rest == 0 ? fmt::format("{:02d}:{:02d}", hours, minutes) : fmt::format("{:02d}:{:02d}:{:02d}", hours, minutes, rest);
}

std::string plain(double value) { return fmt::format("{:.12g}", value == 0 ? 0 : value); }

}  // namespace

NumberKind number_kind(int format_id, std::string_view code) {
  if (code.empty()) return built_in(format_id);
  const auto bare = bare_code(code);
  const bool digits = bare.find_first_of("0#?") != std::string::npos && bare.find_first_of("yd") == std::string::npos;
  if (bare.find('%') != std::string::npos) return NumberKind::percent;
  if (digits && bare.find(':') == std::string::npos) return NumberKind::number;
  if (bare == "general" || bare.find("general") != std::string::npos) return NumberKind::number;
  const bool clock = bare.find_first_of("hs") != std::string::npos;
  const bool day = bare.find_first_of("yd") != std::string::npos || (!clock && bare.find('m') != std::string::npos);
  if (day) return clock ? NumberKind::date_time : NumberKind::date;
  return clock ? NumberKind::time : NumberKind::number;
}

std::string shown_number(double value, NumberKind kind, bool since_1904) {
  if (!std::isfinite(value)) return "";
  if (kind == NumberKind::percent) return plain(std::round(value * 1e8) / 1e6) + "%";
  if (kind == NumberKind::number || value < 0 || value >= kDaysMax) return plain(value);
  const double days = since_1904 ? value + kDays1904 : value;
  if (kind == NumberKind::time) return time_text(days);
  const bool has_time = days != std::floor(days);
  if (kind == NumberKind::date || !has_time) return date_text(days);
  return date_text(days) + " " + time_text(days);
}

}  // namespace fragua::documents::extractors
