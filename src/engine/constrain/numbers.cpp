#include "engine/constrain/numbers.h"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "base/error.h"
#include "base/strings.h"

namespace fragua::engine {
namespace {

constexpr int kPlacesMax = 17;
constexpr std::int64_t kListedMax = 2000;

[[noreturn]] void nothing() {
  throw Error(ErrorCode::invalid_argument, "the schema's numbers have no value between their bounds");
}

std::string digit_class(char first, char last) {
  return first == last ? fmt::format("\"{}\"", first) : fmt::format("[{}-{}]", first, last);
}
std::string digits(std::size_t count) {
  return count == 0 ? "" : count == 1 ? "[0-9]" : fmt::format("[0-9]{{{}}}", count);
}
std::string choice(const std::vector<std::string>& parts) {
  return parts.size() == 1 ? parts[0] : "(" + join(parts, " | ") + ")";
}

// Digit strings of one length, from `low` to `high`.
std::string same_length(const std::string& low, const std::string& high) {
  if (low.empty()) return "";
  if (low == std::string(low.size(), '0') && high == std::string(high.size(), '9')) return digits(low.size());
  const std::string rest_low = low.substr(1), rest_high = high.substr(1);
  if (low[0] == high[0]) return digit_class(low[0], low[0]) + " " + same_length(rest_low, rest_high);
  const std::string zeros(rest_low.size(), '0'), nines(rest_low.size(), '9');
  char first = low[0], last = high[0];
  std::vector<std::string> parts;
  if (rest_low != zeros) parts.push_back(digit_class(first, first) + " " + same_length(rest_low, nines)), ++first;
  if (rest_high != nines) --last;
  if (first <= last) parts.push_back(digit_class(first, last) + " " + digits(rest_low.size()));
  if (rest_high != nines) parts.push_back(digit_class(high[0], high[0]) + " " + same_length(zeros, rest_high));
  return choice(parts);
}

std::string unsigned_between(std::uint64_t least, std::uint64_t most) {
  std::vector<std::string> parts;
  while (least <= most) {
    const std::string low = std::to_string(least);
    const std::string nines(low.size(), '9');
    const std::uint64_t end = std::min<std::uint64_t>(most, std::stoull(nines));
    parts.push_back(same_length(low, std::to_string(end)));
    least = end + 1;
  }
  return choice(parts);
}

// What a decimal's digits after the point may be, told digit by digit. A bound that is still to be obeyed is the rest
// of its digits; none when an earlier digit has settled it.
struct Fraction {
  std::optional<std::string> low, high;
  bool without_low = false, without_high = false;
};
struct FractionGrammar {
  bool may_end = false;
  std::vector<std::string> more;
};

FractionGrammar fraction(Fraction bounds, int places) {
  if (bounds.low && bounds.low->empty() && !bounds.without_low) bounds.low.reset();  // everything is at least nothing
  FractionGrammar result;
  const bool over_low = !bounds.low;
  const bool under_high = !bounds.high || !bounds.high->empty() || !bounds.without_high;
  result.may_end = over_low && under_high;
  if (places == 0) return result;
  if (!bounds.low && !bounds.high) {
    result.more.push_back(fmt::format("[0-9]{{1,{}}}", places));
    return result;
  }
  if (bounds.high && bounds.high->empty()) return result;  // only zeros could follow
  const char low = bounds.low && !bounds.low->empty() ? bounds.low->front() : '0';
  const char high = bounds.high ? bounds.high->front() : '9';
  const auto rest = [](const std::string& text) { return text.empty() ? text : text.substr(1); };
  char free_first = low, free_last = high;
  const auto add = [&](char digit) {
    Fraction next = bounds;
    if (next.low) digit == low ? void(next.low = rest(*next.low)) : next.low.reset();
    if (next.high) digit == high ? void(next.high = rest(*next.high)) : next.high.reset();
    const auto tail = fraction(next, places - 1);
    std::vector<std::string> parts = tail.more;
    if (tail.may_end) parts.insert(parts.begin(), "\"\"");
    if (!parts.empty()) result.more.push_back(digit_class(digit, digit) + " " + choice(parts));
  };
  if (bounds.low && low <= high) add(low), ++free_first;
  if (bounds.high && high > low) add(high), --free_last;
  if (bounds.high && high == low && !bounds.low) add(high), --free_last;
  if (free_first <= free_last)
    result.more.push_back(digit_class(free_first, free_last) +
                          (places > 1 ? fmt::format(" [0-9]{{0,{}}}", places - 1) : std::string()));
  return result;
}

// Nothing when no fraction is within the bounds.
std::optional<std::string> fraction_expression(const Fraction& bounds, int places) {
  const auto grammar = fraction(bounds, places);
  if (grammar.more.empty()) return grammar.may_end ? std::optional<std::string>("\"\"") : std::nullopt;
  const std::string point = "\".\" " + choice(grammar.more);
  return grammar.may_end ? "(\"\" | " + point + ")" : point;
}

struct Decimal {
  std::int64_t whole = 0;
  std::string places;
};

Decimal decimal_of(double value) {
  std::string text = fmt::format("{:.17f}", value);
  // The shortest text that means the same number is the one its author wrote.
  for (int places = 0; places <= kPlacesMax; ++places) {
    const std::string shorter = fmt::format("{:.{}f}", value, places);
    if (std::stod(shorter) == value) {
      text = shorter;
      break;
    }
  }
  if (std::stod(text) != value)
    throw Error(ErrorCode::unsupported, "a bound of the schema is too fine: it needs more than 17 decimal places");
  const auto point = text.find('.');
  Decimal result{std::stoll(text.substr(0, point)), point == std::string::npos ? "" : text.substr(point + 1)};
  while (result.places.ends_with('0')) result.places.pop_back();
  return result;
}

// 0 <= least; `most` may be absent.
std::optional<std::string> nonnegative(const DecimalBounds& bounds) {
  const Decimal low = decimal_of(*bounds.least);
  const bool has_most = bounds.most && *bounds.most <= double(kIntegerMost);
  const Decimal high = has_most ? decimal_of(*bounds.most) : Decimal{kIntegerMost, ""};
  std::vector<std::string> parts;
  const auto add = [&](const std::string& whole, const Fraction& part) {
    if (const auto expression = fraction_expression(part, bounds.places_max))
      parts.push_back(*expression == "\"\"" ? whole : whole + " " + *expression);
  };
  const auto literal = [](std::int64_t whole) { return fmt::format("\"{}\"", whole); };
  Fraction from_low{low.places, std::nullopt, bounds.without_least, false};
  Fraction to_high{std::nullopt, high.places, false, bounds.without_most};
  if (!has_most) to_high.high.reset();
  if (low.whole == high.whole) {
    from_low.high = to_high.high;
    from_low.without_high = to_high.without_high;
    add(literal(low.whole), from_low);
  } else {
    const bool low_is_whole = low.places.empty() && !bounds.without_least;
    const std::int64_t first = low_is_whole ? low.whole : low.whole + 1, last = has_most ? high.whole - 1 : high.whole;
    if (!low_is_whole) add(literal(low.whole), from_low);
    if (first <= last) add(unsigned_between(std::uint64_t(first), std::uint64_t(last)), {});
    if (has_most) add(literal(high.whole), to_high);
  }
  if (parts.empty()) return std::nullopt;
  return choice(parts);
}

}  // namespace

std::string integers_between(std::int64_t least, std::int64_t most) {
  least = std::max(least, -kIntegerMost);
  most = std::min(most, kIntegerMost);
  if (least > most) nothing();
  std::vector<std::string> parts;
  if (least < 0)
    parts.push_back("\"-\" " + unsigned_between(most < 0 ? std::uint64_t(-most) : 1, std::uint64_t(-least)));
  if (most >= 0) parts.push_back(unsigned_between(least > 0 ? std::uint64_t(least) : 0, std::uint64_t(most)));
  return choice(parts);
}

std::string multiples_between(std::int64_t divisor, std::int64_t least, std::int64_t most) {
  least = std::max(least, -kIntegerMost);
  most = std::min(most, kIntegerMost);
  const std::int64_t first = least >= 0 ? (least + divisor - 1) / divisor : -(-least / divisor);
  const std::int64_t last = most >= 0 ? most / divisor : -((-most + divisor - 1) / divisor);
  if (first > last) nothing();
  if (last - first >= kListedMax)
    throw Error(ErrorCode::unsupported,
                fmt::format("multipleOf {} allows more than {} values: give a narrower minimum and maximum", divisor,
                            kListedMax));
  std::vector<std::string> parts;
  for (std::int64_t factor = first; factor <= last; ++factor) parts.push_back(fmt::format("\"{}\"", factor * divisor));
  return choice(parts);
}

std::string decimals_between(const DecimalBounds& bounds) {
  if (bounds.least && *bounds.least > double(kIntegerMost))
    throw Error(ErrorCode::unsupported, "a minimum of more than 18 digits");
  if (bounds.most && *bounds.most < -double(kIntegerMost))
    throw Error(ErrorCode::unsupported, "a maximum of more than 18 digits");
  std::vector<std::string> parts;
  if (!bounds.least || *bounds.least < 0) {
    DecimalBounds mirrored{0.0, std::nullopt, true, bounds.without_least, bounds.places_max};
    if (bounds.most && *bounds.most < 0) mirrored.least = -*bounds.most, mirrored.without_least = bounds.without_most;
    if (bounds.least) mirrored.most = -*bounds.least;
    if (const auto negative = nonnegative(mirrored)) parts.push_back("\"-\" " + *negative);
  }
  if (!bounds.most || *bounds.most >= 0) {
    DecimalBounds positive = bounds;
    if (!bounds.least || *bounds.least < 0) positive.least = 0.0, positive.without_least = false;
    const bool is_empty =
        positive.most && (*positive.most < *positive.least ||
                          (*positive.most == *positive.least && (positive.without_most || positive.without_least)));
    if (!is_empty)
      if (const auto expression = nonnegative(positive)) parts.push_back(*expression);
  }
  if (parts.empty()) nothing();
  return choice(parts);
}

}  // namespace fragua::engine
