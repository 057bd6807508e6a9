// Filter: which items of a catalogue are wanted, and Found: which they are. What a question becomes, what the API takes, and what is made
// into one parametrised query. Callers: catalogue/, api/native. Threads: plain data.
// Names only fields and values of its catalogue: require_valid() refuses everything else before it comes near SQL.
#pragma once
#include <map>

#include "catalogue/catalogue.h"

namespace fragua::catalogue {

constexpr std::size_t kFilterValuesMax = 50;    // of one facet
constexpr std::size_t kFilterTextMax = 400;     // bytes
constexpr std::int64_t kFoundMax = 100;         // items of one answer

// Days in the catalogue's time zone, both included; "" is open.
struct DayRange {
  std::string from;
  std::string until;
};

enum class SortBy { relevance, date, price, title };

struct Filter {
  std::map<std::string, std::vector<std::string>> facets;   // by field: any of these values
  std::map<std::string, std::vector<std::string>> without;  // none of these
  std::optional<DayRange> days;
  std::string period;                     // the word for `days` where it has one: current_month, next_month
  std::optional<double> price_min;
  std::optional<double> price_max;
  std::string text;                       // free words, against titles and texts
  SortBy sort = SortBy::relevance;        // without text: by date, and what was before `today` comes last
  bool descending = false;
  std::string today;                      // "" if all days are alike
  std::int64_t limit = 20;
  std::int64_t offset = 0;
};

struct FacetCounts {
  std::string field;
  std::vector<FacetValue> values;         // among what was found without this facet's own condition
};

struct Found {
  std::vector<Item> items;
  std::int64_t total = 0;
  std::vector<FacetCounts> facets;
  std::string first_day, last_day;        // of all that was found
  std::optional<double> price_min, price_max, price_mean;
};

// Error(invalid_argument): a field, value, day or number that the catalogue cannot have, named.
void require_valid(const Catalogue& catalogue, const Filter& filter);

}  // namespace fragua::catalogue
