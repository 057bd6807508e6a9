#include "catalogue/item_repository.h"

#include "unit/catalogue/bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using fragua::catalogue::tests::CatalogueBench;

namespace {

struct Reader {
  CatalogueBench bench;

  Found find(const Filter& filter) {
    Found found;
    bench.database->read([&](db::Connection& connection) { found = ItemRepository(connection).find(*bench.catalogue, filter); });
    return found;
  }
  std::string keys(const Filter& filter) {
    std::string keys;
    for (const auto& item : find(filter).items) keys += (keys.empty() ? "" : " ") + item.key;
    return keys;
  }
  std::string counts(const Filter& filter, const std::string& field) {
    std::string text;
    for (const auto& counts : find(filter).facets)
      if (counts.field == field)
        for (const auto& value : counts.values) text += (text.empty() ? "" : ", ") + value.value + " " + std::to_string(value.count);
    return text;
  }
};

}  // namespace

TEST_CASE("item repository: without conditions all items of the current version are found, by their day") {
  Reader reader;
  const auto found = reader.find({});
  CHECK(found.total == 10);
  CHECK(reader.keys({}) == "e1 e2 e10 e3 e4 e5 e8 e9 e6 e7");
  CHECK(found.first_day == "2025-11-14");
  CHECK(found.last_day == "2026-03-28");
  CHECK(*found.price_min == 12);
  CHECK(*found.price_max == 60);
  CHECK(found.items.front().fields.at("price").to_number<double>() == 25);
}

TEST_CASE("item repository: what is over comes after what is to come, unless the day is asked for") {
  Reader reader;
  Filter filter;
  filter.today = "2026-01-01";
  CHECK(reader.keys(filter) == "e5 e8 e9 e6 e7 e1 e2 e10 e3 e4");
  CHECK(reader.find(filter).total == 10);
  filter.sort = SortBy::date;
  CHECK(reader.keys(filter) == "e1 e2 e10 e3 e4 e5 e8 e9 e6 e7");
}

TEST_CASE("item repository: values of one facet are alternatives, facets are conditions together") {
  Reader reader;
  Filter filter;
  filter.facets["city"] = {"Valencia", "London"};
  CHECK(reader.keys(filter) == "e1 e3 e4 e7");
  filter.facets["genre"] = {"punk rock"};
  CHECK(reader.keys(filter) == "e3 e4");
  filter.without["city"] = {"London"};
  CHECK(reader.keys(filter) == "e4");
}

TEST_CASE("item repository: days and prices bound what is found, both ends included") {
  Reader reader;
  Filter filter;
  filter.days = DayRange{"2025-11-20", "2025-12-05"};
  CHECK(reader.keys(filter) == "e2 e10 e3");
  filter.days = DayRange{"2026-03-28", ""};
  CHECK(reader.keys(filter) == "e7");
  filter.days.reset();
  filter.price_max = 22;
  CHECK(reader.keys(filter) == "e2 e4 e6");
  filter.price_min = 18.5;
  CHECK(reader.keys(filter) == "e2 e6");
}

TEST_CASE("item repository: a facet is counted without its own condition, and with all others") {
  Reader reader;
  Filter filter;
  filter.facets["city"] = {"Valencia"};
  filter.facets["genre"] = {"punk rock"};
  CHECK(reader.counts(filter, "city") == "London 1, Valencia 1");
  CHECK(reader.counts(filter, "genre") == "punk rock 1, symphonic metal 1, thrash metal 1");
  CHECK(reader.counts(filter, "category") == "Rock 1");
  filter.price_max = 30;
  CHECK(reader.counts(filter, "city") == "Valencia 1");
}

TEST_CASE("item repository: words are found in titles and texts in any form, the best match first") {
  Reader reader;
  Filter filter;
  filter.text = "orquestas";
  CHECK(reader.keys(filter) == "e5 e7");
  filter.text = "la orquesta de málaga";
  CHECK(reader.keys(filter).starts_with("e5"));
  filter.text = "jazz";
  CHECK(reader.keys(filter) == "");
  CHECK(reader.find(filter).total == 0);
  filter.text = "?!";
  CHECK(reader.find(filter).total == 10);
}

TEST_CASE("item repository: results are sorted by price, title or day, either way, and come in pages") {
  Reader reader;
  Filter filter;
  filter.sort = SortBy::price;
  filter.limit = 3;
  CHECK(reader.keys(filter) == "e4 e2 e6");
  filter.descending = true;
  CHECK(reader.keys(filter) == "e7 e3 e5");
  filter.offset = 3;
  CHECK(reader.keys(filter) == "e10 e8 e9");
  CHECK(reader.find(filter).total == 10);
  filter = {};
  filter.sort = SortBy::title;
  filter.limit = 2;
  CHECK(reader.keys(filter) == "e8 e3");
  filter.limit = 0;
  CHECK(reader.keys(filter) == "");
}

TEST_CASE("item repository: nothing that is asked leaves its quotes") {
  Reader reader;
  for (const auto hostile : {"\" OR scope : c1v2", "x\") OR (\"jazz", "'; DELETE FROM catalogue_items; --", "NEAR(a b) *", "scope : c1v2"}) {
    CAPTURE(hostile);
    Filter filter;
    filter.text = hostile;
    for (const auto& item : reader.find(filter).items) CHECK(item.key != "old");
  }
  CHECK(reader.find({}).total == 10);
}

TEST_CASE("item repository: items come by their keys in the order asked, and titles by how they begin") {
  Reader reader;
  reader.bench.database->read([&](db::Connection& connection) {
    ItemRepository repository(connection);
    const auto items = repository.items(*reader.bench.catalogue, {"e7", "missing", "e1", "old"});
    REQUIRE(items.size() == 2);
    CHECK(items[0].key == "e7");
    CHECK(items[1].key == "e1");
    const auto titled = repository.titled(*reader.bench.catalogue, "mala do", 5);
    REQUIRE(titled.size() == 1);
    CHECK(titled[0].key == "e5");
    CHECK(repository.titled(*reader.bench.catalogue, "valen", 2).size() == 2);
    CHECK(repository.titled(*reader.bench.catalogue, "descanso", 2).empty());
    CHECK(repository.titled(*reader.bench.catalogue, "\"", 2).empty());
    CHECK(repository.known(*reader.bench.catalogue, {"orquesta", "jazz", "rituales"}) == std::vector<std::string>{"orquesta", "rituales"});
    CHECK(repository.known_as_they_are(*reader.bench.catalogue, {"orquesta", "rituales", "\" OR", "<"}) == std::vector<std::string>{"orquesta"});
  });
}
