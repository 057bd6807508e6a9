// Numbers in a grammar: integers and decimals between bounds, and multiples, as xgrammar expressions.
// Callers: schema. Threads: any; pure. Never writes an exponent, nor more than 18 digits before the point or 17 after
// it, so that what is allowed fits a 64-bit integer or a double.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace fragua::engine {

constexpr std::int64_t kIntegerMost = 999'999'999'999'999'999;  // 18 digits

// Error(invalid_argument) when there is none.
std::string integers_between(std::int64_t least, std::int64_t most);
// Error(unsupported): too many between the bounds, or too large a divisor without them.
std::string multiples_between(std::int64_t divisor, std::int64_t least, std::int64_t most);

struct DecimalBounds {
  std::optional<double> least;
  std::optional<double> most;
  bool without_least = false;  // exclusive
  bool without_most = false;
  int places_max = 17;  // digits after the point
};
// Error(invalid_argument) when there is none; Error(unsupported): bounds too large or too fine.
std::string decimals_between(const DecimalBounds& bounds);

}  // namespace fragua::engine
