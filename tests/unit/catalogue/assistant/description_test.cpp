#include "catalogue/assistant/description.h"

#include <doctest/doctest.h>

#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;

namespace {

Filter madrid_thrash() {
  Filter filter;
  filter.facets = {{"city", {"Madrid"}}, {"genre", {"thrash metal"}}};
  return filter;
}

}  // namespace

TEST_CASE("description: a filter in words, kinds before places") {
  CHECK(filter_text(*shop(), madrid_thrash(), Tongue::spanish) == " de thrash metal en Madrid");
  CHECK(filter_text(*shop(), madrid_thrash(), Tongue::catalan) == " de thrash metal a Madrid");
  CHECK(filter_text(*shop(), {}, Tongue::spanish) == "");
  auto filter = madrid_thrash();
  filter.facets["city"] = {"Madrid", "Bilbao"};
  filter.without["genre"] = {"punk rock"};
  filter.price_max = 30;
  CHECK(filter_text(*shop(), filter, Tongue::spanish) == " de thrash metal sin punk rock en Madrid o Bilbao por 30 € como máximo");
}

TEST_CASE("description: days by the shortest name they have") {
  Filter filter;
  filter.days = DayRange{"2025-02-01", "2025-02-28"};
  CHECK(filter_text(*shop(), filter, Tongue::spanish) == " en febrero de 2025");
  filter.period = "next_month";
  CHECK(filter_text(*shop(), filter, Tongue::spanish) == " el mes que viene (febrero 2025)");
  filter.period.clear();
  filter.days = DayRange{"2024-02-01", "2024-02-29"};
  CHECK(filter_text(*shop(), filter, Tongue::english) == " in February 2024");
  filter.days = DayRange{"2025-03-15", "2025-03-15"};
  CHECK(filter_text(*shop(), filter, Tongue::spanish) == " el 15 de marzo de 2025");
  filter.days = DayRange{"2025-03-15", "2025-03-17"};
  CHECK(filter_text(*shop(), filter, Tongue::spanish) == " del 15 de marzo de 2025 al 17 de marzo de 2025");
  filter.days = DayRange{"2025-03-15", ""};
  CHECK(filter_text(*shop(), filter, Tongue::spanish) == " a partir del 15 de marzo de 2025");
  filter.days = DayRange{"", "2025-03-15"};
  CHECK(filter_text(*shop(), filter, Tongue::portuguese) == " até 15 de março de 2025");
}

TEST_CASE("description: an item has its key, day, places and price") {
  const auto item = item_of(concerts()[4]);
  CHECK(item_text(*shop(), item, Tongue::spanish) == "Bilbao Death Revolution [evt-5], 1 de junio de 2025, death metal, Kafe Antzokia, Bilbao, desde 22,50 €");
  const auto details = item_details(*shop(), item, {}, Tongue::spanish);
  CHECK(details.front() == "Bilbao Death Revolution [evt-5]: 1 de junio de 2025 a las 21:00.");
  CHECK(std::find(details.begin(), details.end(), "Ciudad: Bilbao.") != details.end());
  CHECK(std::find(details.begin(), details.end(), "Precio: desde 22,50 €.") != details.end());
  CHECK(details.back() == "Precio hasta: 90 €.");
  const auto with_capacity = item_details(*shop(), item, folded_words("¿qué aforo tiene?"), Tongue::spanish);
  CHECK(std::find(with_capacity.begin(), with_capacity.end(), "Aforo: 1200.") != with_capacity.end());
  const auto with_zones = item_details(*shop(), item, folded_words("¿qué zonas hay?"), Tongue::spanish);
  CHECK(with_zones.back() == "Zonas y precios: Pista 22,50 € y VIP 90 €.");
  CHECK(item_details(*shop(), item, folded_words("¿cuánto cuesta la VIP?"), Tongue::spanish) == with_zones);
  CHECK(item_details(*shop(), item, folded_words("¿tenéis imágenes?"), Tongue::spanish) == details);
  CHECK(is_price(shop()->fields[6]));
  CHECK_FALSE(is_price(shop()->fields[8]));
}

TEST_CASE("description: a text about a place is no place") {
  auto catalogue = *shop();
  catalogue.fields.push_back({"venue_description", FieldKind::text, "sobre la sala"});
  auto item = item_of(concerts()[4]);
  item.fields["venue_description"] = "La mejor de todas";
  CHECK(item_text(catalogue, item, Tongue::spanish) == item_text(*shop(), item, Tongue::spanish));
  CHECK(item_details(catalogue, item, {}, Tongue::spanish) == item_details(*shop(), item, {}, Tongue::spanish));
}

TEST_CASE("description: what an item's text orders is quoted, and cut where it is long") {
  auto item = item_of(concerts()[8]);
  const auto details = item_details(*shop(), item, {}, Tongue::spanish);
  CHECK(details[details.size() - 2] == std::string("Descripción: «") + kTrap + "».");
  item.fields["description"] = std::string(5000, 'x');
  CHECK(item_details(*shop(), item, {}, Tongue::spanish)[5].size() < 400);
}
