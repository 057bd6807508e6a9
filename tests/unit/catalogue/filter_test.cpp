#include "catalogue/filter.h"

#include <cmath>

#include "unit/catalogue/bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using fragua::catalogue::tests::concert_catalogue;

namespace {

std::string refusal(const Filter& filter) {
  try {
    require_valid(concert_catalogue(), filter);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("filter: what names fields and values of its catalogue is valid") {
  Filter filter;
  CHECK(refusal(filter) == "");
  filter.facets["genre"] = {"punk rock", "thrash metal"};
  filter.without["city"] = {"Málaga"};
  filter.days = DayRange{"2025-11-01", "2025-11-30"};
  filter.period = "current_month";
  filter.price_min = 0;
  filter.price_max = 30;
  CHECK(refusal(filter) == "");
}

TEST_CASE("filter: a field or value that the catalogue does not have is refused by name") {
  Filter filter;
  filter.facets["genre"] = {"jazz"};
  CHECK(refusal(filter) == "\"genre\" has no value \"jazz\"");
  filter.facets = {{"name; DROP TABLE catalogues", {"x"}}};
  CHECK(refusal(filter) == "\"name; DROP TABLE catalogues\" is not a facet of this catalogue");
  filter.facets = {{"name", {"London Punk Riot"}}};
  CHECK(refusal(filter) == "\"name\" is not a facet of this catalogue");
  filter.facets = {{"genre", {}}};
  CHECK(refusal(filter) == "\"genre\" must have 1 to 50 values");
  filter.facets = {};
  filter.without["city"] = {"Tokio"};
  CHECK(refusal(filter) == "\"city\" has no value \"Tokio\"");
}

TEST_CASE("filter: days, prices and numbers that cannot be are refused") {
  const auto with = [](auto change) {
    Filter filter;
    change(filter);
    return refusal(filter);
  };
  CHECK(with([](Filter& f) { f.days = DayRange{"2025-02-30", ""}; }) == "\"2025-02-30\" is not a day: write YYYY-MM-DD");
  CHECK(with([](Filter& f) { f.days = DayRange{"2025-03-02", "2025-03-01"}; }) == "the last day, 2025-03-01, is before the first, 2025-03-02");
  CHECK(with([](Filter& f) { f.period = "last_month"; }) == "\"period\" must be current_month or next_month");
  CHECK(with([](Filter& f) { f.price_max = -1; }) == "a price must be a number of at least 0");
  CHECK(with([](Filter& f) { f.price_min = NAN; }) == "a price must be a number of at least 0");
  CHECK(with([](Filter& f) { f.price_min = 40, f.price_max = 20; }) == "\"price_min\" is more than \"price_max\"");
  CHECK(with([](Filter& f) { f.limit = 101; }) == "\"limit\" must be between 0 and 100");
  CHECK(with([](Filter& f) { f.offset = -1; }) == "\"offset\" must be between 0 and 1000000");
  CHECK(with([](Filter& f) { f.text = std::string(401, 'x'); }) == "\"text\" may have 400 bytes");
}
