#include "catalogue/filter.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "catalogue/days.h"

namespace fragua::catalogue {

namespace {

constexpr std::int64_t kOffsetMax = 1'000'000;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorCode::invalid_argument, what); }

void require_values(const Catalogue& catalogue, const std::map<std::string, std::vector<std::string>>& conditions) {
  for (const auto& [field, values] : conditions) {
    const auto* facet = catalogue.facet(field);
    if (!facet) refuse("\"" + field + "\" is not a facet of this catalogue");
    if (values.empty() || values.size() > kFilterValuesMax)
      refuse("\"" + field + "\" must have 1 to " + std::to_string(kFilterValuesMax) + " values");
    for (const auto& value : values) {
      const auto is_it = [&](const FacetValue& known) { return known.value == value; };
      if (std::none_of(facet->values.begin(), facet->values.end(), is_it)) refuse("\"" + field + "\" has no value \"" + value + "\"");
    }
  }
}

void require_days(const Catalogue& catalogue, const Filter& filter) {
  if (!filter.period.empty() && filter.period != "current_month" && filter.period != "next_month")
    refuse("\"period\" must be current_month or next_month");
  if (!filter.days) return;
  if (!catalogue.field_of(FieldKind::date)) refuse("this catalogue has no dates");
  const auto check = [](const std::string& day) {
    if (!day.empty() && !parse_day(day)) refuse("\"" + day + "\" is not a day: write YYYY-MM-DD");
  };
  check(filter.days->from);
  check(filter.days->until);
  if (!filter.days->from.empty() && !filter.days->until.empty() && filter.days->from > filter.days->until)
    refuse("the last day, " + filter.days->until + ", is before the first, " + filter.days->from);
}

void require_prices(const Catalogue& catalogue, const Filter& filter) {
  if (!filter.price_min && !filter.price_max) return;
  if (!catalogue.field_of(FieldKind::price)) refuse("this catalogue has no prices");
  for (const auto& price : {filter.price_min, filter.price_max})
    if (price && (!std::isfinite(*price) || *price < 0)) refuse("a price must be a number of at least 0");
  if (filter.price_min && filter.price_max && *filter.price_min > *filter.price_max) refuse("\"price_min\" is more than \"price_max\"");
}

}  // namespace

void require_valid(const Catalogue& catalogue, const Filter& filter) {
  require_values(catalogue, filter.facets);
  require_values(catalogue, filter.without);
  require_days(catalogue, filter);
  require_prices(catalogue, filter);
  if (filter.text.size() > kFilterTextMax) refuse("\"text\" may have " + std::to_string(kFilterTextMax) + " bytes");
  if (filter.limit < 0 || filter.limit > kFoundMax) refuse("\"limit\" must be between 0 and " + std::to_string(kFoundMax));
  if (filter.offset < 0 || filter.offset > kOffsetMax) refuse("\"offset\" must be between 0 and " + std::to_string(kOffsetMax));
}

}  // namespace fragua::catalogue
