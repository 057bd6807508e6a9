#include "catalogue/item_maker.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

const std::vector<std::string> kColumns{"id", "name", "city", "day", "price"};

struct Maker {
  Mapping mapping;
  TextRepair repair;
  ItemMaker maker;
  explicit Maker(const std::string& toml = kSmallMapping) : mapping(parse_mapping(toml)), repair(mapping.repair), maker(mapping, repair, kColumns) {}
  ImportedItem make(db::Value id, db::Value name, db::Value city, db::Value day, db::Value price) {
    return maker.make(db::Row({std::int64_t(1), std::move(id), std::move(name), std::move(city), std::move(day), std::move(price)}));
  }
};

}  // namespace

TEST_CASE("item maker: values become what their fields are") {
  Maker maker;
  const auto item = maker.make("e1", " Noche ", "Londres", "2026-03-01T20:00:00Z", std::int64_t(16));
  CHECK(item.key == "e1");
  CHECK(item.title == "Noche");
  CHECK(item.day == "2026-03-01");
  CHECK(item.starts_at == "2026-03-01 21:00:00");
  CHECK(item.price == 16.0);
  CHECK(item.facets.at("city") == std::vector<std::string>{"London"});
  CHECK(to_json(item.content) == R"({"id":"e1","name":"Noche","city":"London","day":"2026-03-01 21:00:00","price":16})");
}

TEST_CASE("item maker: NULL is null, and a list gives a facet several values") {
  Maker maker;
  const auto item = maker.make(std::int64_t(7), "x", R"(["Vigo","Londres",null])", nullptr, "12,50");
  CHECK(item.key == "7");
  CHECK(!item.day);
  CHECK(item.price == 12.5);
  CHECK(item.facets.at("city") == std::vector<std::string>{"Vigo", "London"});
  CHECK(item.content.at("day").is_null());
}

TEST_CASE("item maker: an error names the item, the field and the value") {
  Maker maker;
  CHECK(complaint_of([&] { maker.make("e1", "x", "Vigo", "tomorrow", "1"); }) == "the item \"e1\", \"day\": \"tomorrow\" is no date such as 2026-03-15 or 2026-03-15 21:00");
  CHECK(has(complaint_of([&] { maker.make("e1", "x", "Vigo", nullptr, "free"); }), "the item \"e1\", \"price\": \"free\" is no number"));
  CHECK(has(complaint_of([&] { maker.make("e1", nullptr, "Vigo", nullptr, nullptr); }), "must have a title"));
  CHECK(has(complaint_of([&] { maker.make("", "x", "Vigo", nullptr, nullptr); }), "a key must have 1 to 200 bytes"));
  const auto mapping = parse_mapping(kSmallMapping);
  TextRepair repair;
  CHECK(has(complaint_of([&] { ItemMaker(mapping, repair, {"id", "name"}); }), "the field \"city\" is no column of the mapping's query, which has id, name"));
}
