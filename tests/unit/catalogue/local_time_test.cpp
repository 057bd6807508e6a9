#include "catalogue/local_time.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("local time: days and moments of a source become texts in the catalogue's time zone") {
  const auto in_madrid = [](std::string_view text) { return local_time(text, "Europe/Madrid").value_or("none"); };
  CHECK(in_madrid("2025-01-18") == "2025-01-18 00:00:00");
  CHECK(in_madrid("2025-01-18 10:26:13.123") == "2025-01-18 10:26:13");
  CHECK(in_madrid("2025-01-18T10:26") == "2025-01-18 10:26:00");
  CHECK(in_madrid("2025-01-18 10:26:13+00") == "2025-01-18 11:26:13");
  CHECK(in_madrid("2025-07-18T22:26:13Z") == "2025-07-19 00:26:13");
  CHECK(in_madrid("2025-07-18 10:26:13-05:30") == "2025-07-18 17:56:13");
}

TEST_CASE("local time: what is no ISO day or moment is nothing") {
  for (const auto* text : {"", "18/01/2025", "2025-13-01", "2025-02-30", "2025-01-18 25:00", "2025-01-18 10:00 noon", "soon"})
    CHECK_MESSAGE(!local_time(text, "UTC"), text);
}

TEST_CASE("local time: time zones are the ones of IANA") {
  CHECK(is_time_zone("Europe/Madrid"));
  CHECK(is_time_zone("UTC"));
  CHECK(!is_time_zone("Europe/Nowhere"));
  CHECK(!is_time_zone(""));
}
