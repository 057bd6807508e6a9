#include "catalogue/source_facts.h"

#include <doctest/doctest.h>

using namespace fragua::catalogue;

TEST_CASE("source facts: columns are known by their values, keys by what the source says") {
  SourceFacts facts;
  facts.table({"Event", {{"id", "text", {}}, {"city", "text", {}}, {"price", "", {}}, {"day", "", {}}}});
  facts.relation({"Event", "id", "", ""});
  facts.relation({"Event", "city", "City", "id"});
  facts.row("Event", {"a", "Vigo", "10.5", "2026-01-01"});
  facts.row("Event", {"b", "Vigo", "11", std::nullopt});
  const auto* table = facts.find("Event");
  REQUIRE(table);
  CHECK(table->rows == 2);
  CHECK(table->key == "id");
  CHECK(table->references.size() == 1);
  CHECK(table->column("id")->is_unique);
  CHECK(!table->column("city")->is_unique);
  CHECK(table->column("city")->distinct.size() == 1);
  CHECK(table->column("price")->numbers == 2);
  CHECK(table->column("day")->days == 1);
}

TEST_CASE("source facts: of people nothing is learnt but that they are there") {
  SourceFacts facts;
  facts.table({"admins", {{"id", "text", {}}, {"email", "text", {}}}});
  CHECK(!facts.wants_column("admins", "email"));
  facts.row("admins", {"1", std::nullopt});
  CHECK(facts.find("admins")->is_personal);
  CHECK(facts.find("admins")->columns[0].filled == 0);
}
