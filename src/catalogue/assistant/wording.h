// Wording: days, prices, numbers and lists as people write them in each language. Callers: catalogue/assistant. Threads: pure.
// A day is "YYYY-MM-DD"; what is not one comes back as it is.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/assistant/tongue.h"

namespace fragua::catalogue::assistant {

struct DayParts {
  int year = 0;
  int month = 0;
  int day = 0;
  friend bool operator==(const DayParts&, const DayParts&) = default;
};

// Of "2025-01-18" and of "2025-01-18 10:26:13".
std::optional<DayParts> day_parts(std::string_view text);
// "10:26" of "2025-01-18 10:26:13"; "" without a time, and for midnight, which most sources write for "no time".
std::string time_of(std::string_view moment);

// "18 de enero de 2025", "18 January 2025".
std::string day_text(std::string_view day, Tongue tongue);
// From 1: "enero".
std::string_view month_name(int month, Tongue tongue);
// "de enero", "d'abril".
std::string of_month(int month, Tongue tongue);
// "16 €", "16,50 €", "€16.50".
std::string price_text(double price, std::string_view currency, Tongue tongue);
// Without a fraction where there is none: "1200", "4,5".
std::string number_text(double number, Tongue tongue);
// "a, b y c".
std::string listed(const std::vector<std::string>& parts, Tongue tongue);
// "a, b o c".
std::string listed_or(const std::vector<std::string>& parts, Tongue tongue);
// The first letter large.
std::string capitalised(std::string text);

}  // namespace fragua::catalogue::assistant
