#include "catalogue/local_time.h"

#include <fmt/format.h>
#include <unicode/timezone.h>

#include <chrono>
#include <memory>

#include "base/strings.h"

namespace fragua::catalogue {

namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

std::unique_ptr<icu::TimeZone> zone_named(const std::string& name) {
  return std::unique_ptr<icu::TimeZone>(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
}

// Takes what it reads from the front.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::optional<int> digits(std::size_t count) {
    int value = 0;
    if (text_.size() < count) return std::nullopt;
    for (const char c : text_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      value = value * 10 + (c - '0');
    }
    text_.remove_prefix(count);
    return value;
  }
  bool one_of(std::string_view characters) {
    if (text_.empty() || characters.find(text_[0]) == std::string_view::npos) return false;
    text_.remove_prefix(1);
    return true;
  }
  char peek() const { return text_.empty() ? '\0' : text_[0]; }
  bool at_end() const { return text_.empty(); }

 private:
  std::string_view text_;
};

std::optional<sys_seconds> read_day(Reader& reader) {
  const auto year = reader.digits(4);
  if (!year || !reader.one_of("-")) return std::nullopt;
  const auto month = reader.digits(2);
  if (!month || !reader.one_of("-")) return std::nullopt;
  const auto day = reader.digits(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(unsigned(*month)), std::chrono::day(unsigned(*day))};
  return date.ok() ? std::optional<sys_seconds>(std::chrono::sys_days(date)) : std::nullopt;
}

// HH:MM[:SS[.fraction]]
std::optional<seconds> read_clock(Reader& reader) {
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23 || !reader.one_of(":")) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (reader.one_of(":")) {
    const auto read = reader.digits(2);
    if (!read || *read > 60) return std::nullopt;
    second = *read;
    if (reader.one_of("."))
      while (reader.digits(1)) continue;
  }
  return std::chrono::hours(*hour) + minutes(*minute) + seconds(second);
}

// Z, +HH, +HHMM or +HH:MM
std::optional<minutes> read_offset(Reader& reader) {
  if (reader.one_of("Z")) return minutes(0);
  const bool is_west = reader.peek() == '-';
  if (!reader.one_of("+-")) return std::nullopt;
  const auto hours = reader.digits(2);
  if (!hours) return std::nullopt;
  reader.one_of(":");
  const auto rest = reader.at_end() ? std::optional(0) : reader.digits(2);
  if (!rest) return std::nullopt;
  const minutes offset(*hours * 60 + *rest);
  return is_west ? -offset : offset;
}

std::string text_of(sys_seconds moment) {
  const auto day = std::chrono::floor<days>(moment);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(moment - day);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", int(date.year()), unsigned(date.month()), unsigned(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

sys_seconds in_zone(sys_seconds moment, const std::string& name) {
  const auto zone = zone_named(name);
  std::int32_t raw = 0, summer = 0;
  UErrorCode failed = U_ZERO_ERROR;
  zone->getOffset(double(moment.time_since_epoch().count()) * 1000, false, raw, summer, failed);
  return U_FAILURE(failed) ? moment : moment + std::chrono::duration_cast<seconds>(std::chrono::milliseconds(raw + summer));
}

}  // namespace

bool is_time_zone(const std::string& name) { return !name.empty() && *zone_named(name) != icu::TimeZone::getUnknown(); }

std::optional<std::string> local_time(std::string_view moment, const std::string& zone) {
  Reader reader(trimmed(moment));
  auto time = read_day(reader);
  if (!time) return std::nullopt;
  if (reader.at_end()) return text_of(*time);
  if (!reader.one_of(" T")) return std::nullopt;
  const auto clock = read_clock(reader);
  if (!clock) return std::nullopt;
  *time += *clock;
  if (reader.at_end()) return text_of(*time);
  const auto offset = read_offset(reader);
  if (!offset || !reader.at_end()) return std::nullopt;
  return text_of(in_zone(*time - *offset, zone));
}

}  // namespace fragua::catalogue
