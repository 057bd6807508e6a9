#include "catalogue/question/prices.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

namespace {

std::string asked(std::string_view text) {
  Question question(text);
  const auto order = find_order(question);
  const auto price = find_prices(question, 30);
  const auto bound = [](const std::optional<double>& value) { return value ? std::to_string(int(*value)) : std::string(); };
  auto answer = price.min || price.max ? bound(price.min) + ".." + bound(price.max) : "";
  if (order) answer += std::string(order->by == SortBy::price ? " price" : order->by == SortBy::title ? " title" : " date") + (order->descending ? " down" : "");
  return answer;
}

}  // namespace

TEST_CASE("prices: a number is a price by its currency or the words around it") {
  for (const auto text : {"por menos de 30", "hasta 30 euros", "máximo 30€", "30 euros o menos", "under 30", "no más de 30", "com a molt 30", "até 30", "por 30 euros", "€30",
                          "menos de treinta pavos", "tengo 30 euros", "< 30"}) {
    CAPTURE(text);
    CHECK(asked(text) == "..30");
  }
  for (const auto text : {"más de 50", "desde 50 euros", "over 50", "50 € como mínimo", "a partir de 50"}) {
    CAPTURE(text);
    CHECK(asked(text) == "50..");
  }
  for (const auto text : {"entre 20 y 40", "de 20 a 40 euros", "20-40€", "between 20 and 40 euros"}) {
    CAPTURE(text);
    CHECK(asked(text) == "20..40");
  }
}

TEST_CASE("prices: figures may be words") {
  const std::pair<const char*, const char*> figures[] = {
      {"menos de dieciocho euros", "..18"}, {"por nueve euros", "..9"}, {"under eight euros", "..8"}, {"menys de vint-i-cinc euros", "..25"}, {"até dezoito euros", "..18"},
      {"menos de ciento veinte euros", "..120"}, {"entre veinte y cuarenta euros", "20..40"}, {"más de treinta y dos euros", "32.."}, {"under thirty-five euros", "..35"},
  };
  for (const auto& [text, wanted] : figures) {
    CAPTURE(text);
    CHECK(asked(text) == wanted);
  }
}

TEST_CASE("prices: what counts something else is none") {
  for (const auto text : {"2 entradas", "menos de 18 años", "hasta 200 personas", "los 40 principales", "de 20 a 40", "menos de 5 km"}) {
    CAPTURE(text);
    CHECK(asked(text) == "");
  }
}

TEST_CASE("prices: cheap has a figure, free has none, and a figure that is said counts more") {
  for (const auto text : {"conciertos baratos", "algo económico", "cheap gigs", "nada caro", "que no sean caros", "ni muy caro", "bien de precio", "concerts barats", "baratso"}) {
    CAPTURE(text);
    CHECK(asked(text) == "..30");
  }
  CHECK(asked("gratis") == "..0");
  CHECK(asked("barato, hasta 20 euros") == "..20");
  Question question("barato");
  CHECK_FALSE(find_prices(question, 0).max);
}

TEST_CASE("prices: the cheapest, the next and the like are an order") {
  CHECK(asked("el más barato") == " price");
  CHECK(asked("the cheapest") == " price");
  CHECK(asked("los más caros") == " price down");
  CHECK(asked("los próximos conciertos") == " date");
  CHECK(asked("ordenados por fecha") == " date");
  CHECK(asked("por nombre") == " title");
  CHECK(asked("próximo a la playa") == "");
}
