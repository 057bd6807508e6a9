#include "catalogue/importer.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

// Two tables; the one of people must never be asked for.
class ShopSource final : public RowSource {
 public:
  explicit ShopSource(std::vector<Cells> events) : events_(std::move(events)) {}
  void read(RowSink& sink) override {
    CHECK(!sink.wants("customers"));
    sink.table({"customers", {{"id", "text", {}}, {"email", "text", {}}}});
    sink.table({"Event", {{"id", "text", {}}, {"secret", "text", {}}, {"name", "text", {}}, {"city", "text", {}}, {"day", "date", {}}, {"price", "numeric(10,2)", {}}}});
    CHECK(!sink.wants_column("Event", "secret"));
    for (const auto& event : events_) sink.row("Event", event);
    sink.relation({"Event", "id", "", ""});
    sink.relation({"Event", "city", "Cities", "id"});
    sink.relation({"customers", "email", "", ""});
  }

 private:
  std::vector<Cells> events_;
};

class Recorder final : public ImportListener {
 public:
  void rows_read(std::int64_t) override {}
  void items_found(std::int64_t items) override { found = items; }
  void item(ImportedItem item) override { items.push_back(std::move(item)); }
  std::int64_t found = 0;
  std::vector<ImportedItem> items;
};

Cells event(const std::string& id, const std::string& city, const std::string& price) { return {id, std::nullopt, "Concert " + id, city, "2026-01-01", price}; }

ImportReport import(std::vector<Cells> events, Recorder& recorder, const std::string& toml = kSmallMapping) {
  const fragua::tests::TemporaryFolder folder;
  ShopSource source(std::move(events));
  return import_items(parse_mapping(toml), source, folder.path() / "staging.db", recorder);
}

std::string with_query(const std::string& query) {
  auto text = kSmallMapping;
  const std::string old = "SELECT id, name, city, day, price FROM Event";
  return text.replace(text.find(old), old.size(), query);
}

}  // namespace

TEST_CASE("importer: items come in the query's order, numbers are numbers, and the report counts") {
  Recorder recorder;
  const auto report = import({event("b", "Vigo", "16.00"), event("a", "Londres", "9.50")}, recorder, with_query("SELECT id, name, city, day, price FROM Event ORDER BY price"));
  REQUIRE(recorder.items.size() == 2);
  CHECK(recorder.found == 2);
  CHECK(recorder.items[0].key == "a");
  CHECK(to_json(recorder.items[1].content.at("price")) == "16");
  CHECK(report.items == 2);
  CHECK(report.tables[0].table == "Event");
  CHECK(report.tables[0].rows == 2);
  CHECK(report.left == std::vector<std::string>{"customers"});
  CHECK(report.personal == std::vector<std::string>{"customers"});
}

TEST_CASE("importer: many items come whole") {
  Recorder recorder;
  std::vector<Cells> events;
  for (int i = 0; i < 1203; ++i) events.push_back(event(std::to_string(i), "Vigo", "1"));
  CHECK(import(std::move(events), recorder).items == 1203);
  CHECK(recorder.items.size() == 1203);
}

TEST_CASE("importer: what is wrong with the mapping is told in its words") {
  Recorder recorder;
  const auto problem = [&](const std::string& toml) { return complaint_of([&] { import({event("a", "Vigo", "1")}, recorder, toml); }); };
  CHECK(problem(with_query("SELECT id, nam FROM Event")) == "the mapping's \"source.query\" cannot be run: no such column: nam");
  CHECK(has(problem(with_query("SELECT 1 FROM customers")), "no such table: customers"));
  CHECK(has(problem(with_query("WITH x AS (SELECT 1) DELETE FROM Event")), "cannot be run"));
  auto toml = kSmallMapping;
  CHECK(has(problem(toml.replace(toml.find("\"city\", \"day\""), 6, "\"town\"")), "the mapping names the column \"town\" of the table \"Event\", which has id, secret, name"));
  toml = kSmallMapping;
  CHECK(has(problem(toml.replace(toml.find("Event = ["), 5, "Gigs ")), "the mapping names the table \"Gigs\"; the source has Event, customers"));
}

TEST_CASE("importer: a key belongs to one item") {
  Recorder recorder;
  CHECK(has(complaint_of([&] { import({event("a", "Vigo", "1"), event("a", "Lugo", "2")}, recorder); }), "several items have the id \"a\""));
  auto nobody = event("a", "Vigo", "1");
  nobody[0].reset();
  CHECK(has(complaint_of([&] { import({nobody}, recorder); }), "an item has no \"id\""));
}

TEST_CASE("importer: what the mapping says mends damaged text, and the report counts it") {
  Recorder recorder;
  const auto report = import({event("a", "M??laga", "1"), event("b", "M??laga", "1")}, recorder, kSmallMapping + "[repair]\n\"M??laga\" = \"Málaga\"\n");
  CHECK(recorder.items[0].facets.at("city") == std::vector<std::string>{"Málaga"});
  REQUIRE(report.damages.size() == 1);
  CHECK(report.damages[0].field == "city");
  CHECK(report.damages[0].repaired == 2);
  CHECK(report.damages[0].examples[0].to == "Málaga");
}

TEST_CASE("importer: what people should look at is a warning") {
  Recorder recorder;
  auto without_day = event("a", "Vigo", "1");
  without_day[4].reset();
  const auto report = import({without_day, event("b", "Vigo", "1")}, recorder);
  CHECK(report.warnings == std::vector<std::string>{"1 of 2 items have no day"});
  CHECK(import({}, recorder).warnings == std::vector<std::string>{"the query gave no items"});
}
