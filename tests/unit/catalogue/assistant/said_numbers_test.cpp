#include "catalogue/assistant/said_numbers.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue::assistant;

namespace {

SaidNumber number_in(const char* text) {
  auto tokens = tokens_of(text);
  auto numbers = take_numbers(tokens);
  REQUIRE(numbers.size() == 1);
  return numbers.front();
}

}  // namespace

TEST_CASE("said numbers: digits as they are grouped and divided in each country") {
  CHECK(number_in("67 conciertos").readings == std::vector<double>{67});
  CHECK(number_in("1.200 plazas").readings == std::vector<double>{1200, 1.2});
  CHECK(number_in("16,50 €").readings == std::vector<double>{16.5});
  CHECK(number_in("1.200,50 €").readings == std::vector<double>{1200.5});
  CHECK(number_in("1,234,567").readings.front() == 1234567);
}

TEST_CASE("said numbers: words are numbers too") {
  CHECK(number_in("hay sesenta y siete conciertos").readings == std::vector<double>{67});
  CHECK(number_in("sixty-seven concerts").readings == std::vector<double>{67});
  CHECK(number_in("hay seixanta-set concerts").text == "seixanta - set");
}

TEST_CASE("said numbers: prices, times and shares are told apart") {
  CHECK(number_in("16 €").is_price);
  CHECK(number_in("€16").is_price);
  CHECK(number_in("veinte euros").is_price);
  CHECK_FALSE(number_in("16 conciertos").is_price);
  CHECK(number_in("a las 20:30").is_time);
  CHECK(number_in("a las 20 h").is_time);
  CHECK(number_in("el 50 %").is_share);
  CHECK(number_in("cincuenta por ciento").is_share);
}
