#include "catalogue/suggestion.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

SourceFacts shop() {
  SourceFacts facts;
  facts.table({"Event", {{"id", "text", {}}, {"name", "text", {}}, {"eventDate", "timestamp(3)", {}}, {"venueId", "text", {}}, {"minPrice", "numeric(10,2)", {}}, {"maxPrice", "numeric(10,2)", {}}}});
  facts.table({"Venue", {{"id", "text", {}}, {"name", "text", {}}, {"city", "text", {}}}});
  facts.table({"admins", {{"id", "text", {}}, {"email", "text", {}}}});
  facts.relation({"Event", "id", "", ""});
  facts.relation({"Venue", "id", "", ""});
  facts.relation({"Event", "venueId", "Venue", "id"});
  for (int i = 0; i < 8; ++i) facts.row("Event", {"e" + std::to_string(i), "Night " + std::to_string(i), "2026-01-01 20:00:00", "v" + std::to_string(i % 4), "10", "20"});
  for (int i = 0; i < 4; ++i) facts.row("Venue", {"v" + std::to_string(i), "Hall " + std::to_string(i), i % 2 ? "Vigo" : "Lugo"});
  return facts;
}

}  // namespace

TEST_CASE("suggestion: the things, what they refer to, and what their columns are") {
  const auto text = suggest_mapping(shop());
  const auto mapping = parse_mapping(text);
  const auto kind = [&](const std::string& name) {
    for (const auto& field : mapping.fields)
      if (field.field.name == name) return field.field.kind;
    FAIL("no field ", name, " in\n", text);
    return FieldKind::shown;
  };
  CHECK(kind("id") == FieldKind::key);
  CHECK(kind("name") == FieldKind::title);
  CHECK(kind("event_date") == FieldKind::date);
  CHECK(kind("min_price") == FieldKind::price);
  CHECK(kind("max_price") == FieldKind::number);
  CHECK(kind("venue") == FieldKind::facet);
  CHECK(kind("city") == FieldKind::facet);
  CHECK(mapping.source.tables.contains("Venue"));
  CHECK(!mapping.source.tables.contains("admins"));
  CHECK(has(text, "# Left out, because they look like rows of people: admins"));
}

TEST_CASE("suggestion: a table without a key is counted, one without titles is no catalogue") {
  SourceFacts facts;
  facts.table({"rows", {{"name", "", {}}, {"note", "", {}}}});
  facts.row("rows", {"A", "x"});
  facts.row("rows", {"A", "x"});
  CHECK(has(suggest_mapping(facts), "t.rowid AS id"));
  SourceFacts nothing;
  nothing.table({"numbers", {{"a", "integer", {}}}});
  CHECK(has(complaint_of([&] { suggest_mapping(nothing); }), "no table of this source has rows with a name or a title"));
}
