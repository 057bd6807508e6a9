#include "catalogue/assistant/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/strings.h"

namespace fragua::catalogue::assistant {

namespace {

using Months = std::array<std::string_view, 12>;
constexpr Months kMonths[kTongues] = {
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
    {"gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre", "octubre", "novembre", "desembre"},
    {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"}};
constexpr std::string_view kAnd[kTongues] = {"y", "and", "i", "e"};
constexpr std::string_view kOr[kTongues] = {"o", "or", "o", "ou"};

struct Currency {
  std::string_view code;
  std::string_view sign;
};
constexpr Currency kCurrencies[] = {{"EUR", "€"}, {"USD", "$"}, {"GBP", "£"}, {"BRL", "R$"}};

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (text.size() < at + count) return std::nullopt;
  int value = 0;
  const auto* begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + count, value);
  if (error != std::errc() || end != begin + count) return std::nullopt;
  return value;
}

std::string joined(const std::vector<std::string>& parts, std::string_view last) {
  if (parts.empty()) return "";
  std::string text = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) text += (i + 1 == parts.size() ? " " + std::string(last) + " " : std::string(", ")) + parts[i];
  return text;
}

// "y" is "e" before the sound of i: "Madrid e Ibiza".
bool begins_with_i(std::string_view word) {
  const auto start = lowercase(word.substr(0, 3));
  return start.starts_with("i") || (start.starts_with("hi") && start != "hie");
}

}  // namespace

std::optional<DayParts> day_parts(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-' || *month < 1 || *month > 12 || *day < 1 || *day > 31) return std::nullopt;
  return DayParts{*year, *month, *day};
}

std::string time_of(std::string_view moment) {
  const auto hour = digits(moment, 11, 2);
  const auto minute = digits(moment, 14, 2);
  if (!hour || !minute || moment[13] != ':' || (*hour == 0 && *minute == 0)) return "";
  return std::string(moment.substr(11, 5));
}

std::string_view month_name(int month, Tongue tongue) { return kMonths[std::size_t(tongue)][std::size_t(month - 1)]; }

std::string of_month(int month, Tongue tongue) {
  const auto name = month_name(month, tongue);
  if (tongue == Tongue::english) return std::string(name);
  const bool elides = tongue == Tongue::catalan && std::string_view("aeiou").find(name.front()) != std::string_view::npos;
  return (elides ? "d'" : "de ") + std::string(name);
}

std::string day_text(std::string_view day, Tongue tongue) {
  const auto parts = day_parts(day);
  if (!parts) return std::string(day);
  if (tongue == Tongue::english) return fmt::format("{} {} {}", parts->day, month_name(parts->month, tongue), parts->year);
  return fmt::format("{} {} de {}", parts->day, of_month(parts->month, tongue), parts->year);
}

std::string number_text(double number, Tongue tongue) {
  if (std::nearbyint(number) == number && std::abs(number) < 9e15) return fmt::format("{}", std::int64_t(number));
  auto text = fmt::format("{:.2f}", number);
  while (text.ends_with('0')) text.pop_back();
  if (tongue != Tongue::english) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::string price_text(double price, std::string_view currency, Tongue tongue) {
  std::string sign(currency);
  for (const auto& known : kCurrencies)
    if (known.code == currency) sign = known.sign;
  auto number = std::nearbyint(price) == price ? fmt::format("{}", std::int64_t(price)) : fmt::format("{:.2f}", price);
  if (tongue != Tongue::english) {
    std::replace(number.begin(), number.end(), '.', ',');
    return sign.empty() ? number : number + " " + sign;
  }
  if (sign.size() == currency.size() && sign == currency) return sign.empty() ? number : number + " " + sign;
  return sign + number;
}

std::string listed(const std::vector<std::string>& parts, Tongue tongue) {
  const bool is_e = tongue == Tongue::spanish && parts.size() > 1 && begins_with_i(parts.back());
  return joined(parts, is_e ? "e" : kAnd[std::size_t(tongue)]);
}

std::string listed_or(const std::vector<std::string>& parts, Tongue tongue) { return joined(parts, kOr[std::size_t(tongue)]); }

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = char(text.front() - 'a' + 'A');
  return text;
}

}  // namespace fragua::catalogue::assistant
