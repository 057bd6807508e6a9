#include "catalogue/assistant/evidence.h"

#include <doctest/doctest.h>

#include "shop.h"

using namespace fragua::catalogue;
using namespace fragua::catalogue::assistant;
using namespace fragua::catalogue::assistant::tests;
using fragua::tests::run_task;

TEST_CASE("evidence: figures of items come from their fields, never from their texts") {
  const auto evidence = evidence_of(*shop(), facts_for("háblame de Madrid Black Metal Night"));
  REQUIRE(evidence.items.size() == 1);
  const auto& item = evidence.items.front();
  CHECK(item.key == "evt-9");
  CHECK(item.prices == std::vector<double>{18, 72});
  CHECK(item.numbers == std::vector<double>{1200});
  CHECK(item.days == std::vector<DayParts>{{2025, 12, 12}});
  CHECK(item.times == std::vector<std::string>{"22:00"});
  CHECK(item.values == std::set<std::string>{"black metal", "madrid"});
}

TEST_CASE("evidence: a question's filter and counts, and the catalogue where nothing is asked") {
  const auto evidence = evidence_of(*shop(), facts_for("¿Cuántos conciertos hay en Valencia?"));
  CHECK(evidence.asked_values == std::set<std::string>{"valencia"});
  CHECK(evidence.total == 4);
  CHECK_FALSE(evidence.values.contains("madrid"));
  const auto all = evidence_of(*shop(), facts_for("¿Cuántos conciertos hay?"));
  CHECK(all.values.contains("madrid"));
  REQUIRE(all.facets.size() == 2);
  CHECK(all.facets[0].counts == std::vector<double>{7});
  CHECK(all.facets[1].counts == std::vector<double>{6});
  CHECK(evidence.facets[0].counts.empty());
}
