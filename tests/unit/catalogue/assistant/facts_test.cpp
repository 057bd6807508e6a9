#include "catalogue/assistant/facts.h"

#include <doctest/doctest.h>

#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;

TEST_CASE("facts: figures are the data's own") {
  CHECK(facts_for("¿Cuántos conciertos tenéis?").total == 12);
  CHECK(facts_for("¿Cuántos conciertos hay en Valencia?").total == 4);
  const auto prices = facts_for("¿Cuánto cuestan los conciertos de Madrid?");
  CHECK(prices.price_min == 10);
  CHECK(prices.price_max == 28);
}

TEST_CASE("facts: the cheapest is no limit on the price, and all that cost as little count") {
  const auto facts = facts_for("¿Cuál es el concierto más barato?");
  CHECK(facts.of_these == 2);
  CHECK(facts.price_min == 10);
  REQUIRE(facts.items.size() == 2);
  CHECK(facts.items[0].key == "evt-4");
  const auto dearest = facts_for("¿Cuál es el concierto más caro?");
  CHECK(dearest.items.front().key == "evt-8");
  CHECK(facts_for("los 5 conciertos más baratos").items.size() == 5);
}

TEST_CASE("facts: the next one is after today, and where none is the last is known") {
  const auto facts = facts_for("¿Cuándo es el próximo concierto de thrash?");
  CHECK(facts.is_from_today);
  CHECK(facts.items.front().key == "evt-10");
  const auto over = facts_for("¿Cuándo es el próximo concierto de thrash?", "2026-11-26");
  CHECK_FALSE(over.is_from_today);
  CHECK(over.items.front().key == "evt-12");
}

TEST_CASE("facts: lists begin with what is still to come, and count everything") {
  const auto facts = facts_for("conciertos en Valencia");
  CHECK(facts.total == 4);
  CHECK(facts.is_from_today);
  CHECK(facts.of_these == 2);
  CHECK(facts.items.front().key == "evt-6");
  const auto past = facts_for("conciertos en Valencia", "2030-01-01");
  CHECK_FALSE(past.is_from_today);
  CHECK(past.items.size() == 4);
}

TEST_CASE("facts: values of a facet, of everything or of what is asked") {
  CHECK(facts_for("¿Qué ciudades tenéis?").values.size() == 6);
  const auto thrash = facts_for("¿En qué ciudades hay thrash metal?");
  REQUIRE(thrash.values.size() == 2);
  CHECK(thrash.values[0].value == "Valencia");
  CHECK(thrash.values[0].count == 2);
}

TEST_CASE("facts: of values that are compared by name only those count, also where there is nothing") {
  ShopReader reader;
  ShopItems items;
  auto asked = run_task(read_in_context(reader, shop(), "¿hay más conciertos de thrash metal en Madrid o en Bilbao?", {}));
  asked.understanding.filter.facets = {{"genre", {"thrash metal"}}, {"city", {"Bilbao", "Madrid"}}};
  asked.intention = intention_of(*shop(), asked.question, asked.understanding);
  CHECK(asked.intention.intent == Intent::most);
  const auto facts = run_task(gather(items, shop(), asked, "2025-11-10"));
  REQUIRE(facts.values.size() == 2);
  CHECK(facts.values[0].value == "Madrid");
  CHECK(facts.values[1].count == 0);
}

TEST_CASE("facts: an item is known by its whole title, the longest first, and by the day where the title is not enough") {
  const auto one = facts_for("háblame de Madrid Punk Rock Fest");
  CHECK(one.asked.intention.intent == Intent::details);
  REQUIRE(one.items.size() == 1);
  CHECK(one.items.front().key == "evt-7");
  CHECK(facts_for("¿cuándo es Valencia Death Metal Night?").items.size() == 2);
  const auto november = facts_for("Valencia Death Metal Night en noviembre");
  REQUIRE(november.items.size() == 1);
  CHECK(november.items.front().key == "evt-6");
  CHECK(facts_for("death metal en Valencia").asked.intention.intent == Intent::events);
}

TEST_CASE("facts: what a person points at is looked up again, and what is not there is nothing") {
  ShopItems items;
  Asked asked;
  asked.question = "¿cuánto cuesta?";
  asked.pointed_at = {"evt-3", "evt-999"};
  const auto facts = run_task(gather(items, shop(), asked, "2025-11-10"));
  CHECK(facts.asked.intention.intent == Intent::details);
  REQUIRE(facts.items.size() == 1);
  CHECK(facts.items.front().key == "evt-3");
}

TEST_CASE("facts: the language of a question is that of what stands around the titles") {
  CHECK(without_titles(*shop(), "háblame de Madrid Punk Rock Fest, por favor", {item_of(concerts()[6])}) == "hablame de por favor");
  CHECK(without_titles(*shop(), "hola", {}) == "hola");
}

TEST_CASE("facts: items are read by the kinds of their fields") {
  const auto item = item_of(concerts().front());
  CHECK(title_of(*shop(), item) == "Madrid Indie Revolution");
  CHECK(day_of(*shop(), item) == "2025-01-18 10:26:13");
  CHECK(price_of(*shop(), item) == 16);
  CHECK(title_of(*shop(), Item{"k", {}}) == "k");
  CHECK_FALSE(price_of(*shop(), Item{"k", {}}));
  CHECK(shown_limit({}) == kItemsShown);
}
