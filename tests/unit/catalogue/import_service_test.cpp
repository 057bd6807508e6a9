#include "catalogue/import_service.h"

#include "import_bench.h"

using namespace fragua;
using namespace fragua::catalogue;
using namespace fragua::catalogue::tests;

namespace {

const std::string kTwo = "item('1','Vigo',10)\nitem('2','London',20)\nreport(2)";

}  // namespace

TEST_CASE("import service: a first import can be seen, whole") {
  ImportBench bench;
  const auto report = bench.import(kTwo);
  CHECK(report.version == 1);
  CHECK(report.items == 2);
  CHECK(report.first_day == "2026-01-01");
  CHECK(report.changes.added == 2);
  const auto catalogue = bench.catalogues.require("tickets");
  CHECK(catalogue->facets[0].values.size() == 2);
  CHECK(catalogue->price_max == 20.0);
  CHECK(bench.count("SELECT count(*) FROM catalogue_items") == 2);
  CHECK(bench.count("SELECT count(*) FROM catalogue_terms WHERE catalogue_terms MATCH 'scope:c1v1'") == 2);
  CHECK(!bench.told.empty());
}

TEST_CASE("import service: another import says what it changed and leaves nothing of the version before") {
  ImportBench bench;
  bench.import(kTwo);
  const auto report = bench.import("item('1','Vigo',11)\nitem('3','Lugo',30)\nreport(2)", std::nullopt);
  CHECK(report.version == 2);
  CHECK(report.changes.added == 1);
  CHECK(report.changes.removed == 1);
  CHECK(report.changes.changed == 1);
  CHECK(report.changes.some_removed[0].key == "2");
  CHECK(report.changes.values_added.at("city") == std::vector<std::string>{"Lugo"});
  CHECK(report.changes.values_removed.at("city") == std::vector<std::string>{"London"});
  CHECK(bench.count("SELECT count(*) FROM catalogue_items") == 2);
  CHECK(bench.count("SELECT count(*) FROM catalogue_facets") == 2);
  CHECK(bench.count("SELECT count(*) FROM catalogue_terms") == 2);
}

TEST_CASE("import service: an import that fails changes nothing, wherever it fails") {
  ImportBench bench;
  bench.import(kTwo);
  for (const auto* script : {"item('3','Lugo',30)\nsay({'type':'error','code':'invalid_argument','message':'line 7, column 3: broken'})", "item('3','Lugo',30)\nos._exit(0)",
                             "item('3','Lugo',30)\nos.kill(os.getpid(), 9)", "item('3','Lugo',30)\nitem('3','Lugo',30)\nreport(2)"}) {
    CHECK_THROWS_AS(bench.import(script, std::nullopt), Error);
    CHECK(bench.catalogues.require("tickets")->version == 1);
    CHECK(bench.count("SELECT count(*) FROM catalogue_items") == 2);
    CHECK(bench.count("SELECT count(*) FROM catalogue_terms") == 2);
  }
  CHECK(complaint_of([&] { bench.import("say({'type':'error','code':'invalid_argument','message':'line 7, column 3: broken'})", std::nullopt); }) == "line 7, column 3: broken");
}

TEST_CASE("import service: a first import that fails leaves no catalogue") {
  ImportBench bench;
  CHECK_THROWS_AS(bench.import("item('1','Vigo',10)\nos._exit(0)"), Error);
  CHECK(bench.catalogues.list().empty());
  CHECK(bench.count("SELECT count(*) FROM catalogues") == 0);
  CHECK(bench.count("SELECT count(*) FROM catalogue_items") == 0);
}

TEST_CASE("import service: what a killed import left is removed at the start") {
  ImportBench bench;
  bench.import(kTwo);
  bench.database->write([](db::Connection& connection) {
    WriteRepository repository(connection);
    ImportedItem item;
    item.key = "half";
    repository.add_item(repository.find("tickets")->number, 2, item);
    repository.add_item(repository.find_or_add("never-done", 0).number, 1, item);
  });
  bench.start();
  CHECK(bench.count("SELECT count(*) FROM catalogue_items") == 2);
  CHECK(bench.count("SELECT count(*) FROM catalogues") == 1);
  CHECK(bench.catalogues.require("tickets")->items == 2);
}

TEST_CASE("import service: what is asked for must be possible") {
  ImportBench bench;
  CHECK(has(complaint_of([&] { bench.import(kTwo, std::nullopt); }), "a first import needs a mapping"));
  bench.start();
  const auto import = [&](ImportRequest request) { return complaint_of([&] { bench.run(bench.service->import(std::move(request), [](const ImportProgress&) {})); }); };
  CHECK(has(import({"Tickets!", "/tmp/x", kSmallMapping, false}), "a catalogue's name must be"));
  CHECK(has(import({"tickets", "", kSmallMapping, false}), "there is nothing to import"));
  auto live = kSmallMapping;
  live.insert(live.find("tables ="), "connection = \"store\"\n");
  CHECK(has(import({"tickets", "", live, false}), "set catalogue_connections to store=postgres://"));
  CHECK(bench.count("SELECT count(*) FROM catalogues") == 0);
}

TEST_CASE("import service: items come out as they went in") {
  ImportBench bench;
  bench.import(kTwo);
  const auto catalogue = bench.catalogues.require("tickets");
  auto piece = bench.run(bench.service->items_after(catalogue, {}));
  CHECK(parse_json("[" + piece.text + "]").as_array().size() == 2);
  CHECK(piece.sent == 2);
  piece = bench.run(bench.service->items_after(catalogue, std::move(piece)));
  CHECK(piece.text.empty());
  CHECK(piece.sent == 2);
}

TEST_CASE("import service: what comes from a live database is imported again when its time has come") {
  ImportBench bench;
  bench.child = "assert request['connection'].startswith('postgresql://reader')\nassert request['source'] == ''\n" + kTwo;
  bench.start();
  auto live = kSmallMapping;
  live.insert(live.find("tables ="), "connection = \"shop\"\nrefresh = \"1h\"\n");
  bench.run(bench.service->import({"tickets", "", live, false}, [](const ImportProgress&) {}));
  const auto version_after_a_look = [&] {
    asio::co_spawn(bench.loop, ImportService::refresh(*bench.service), asio::detached);
    bench.loop.restart();
    bench.loop.run_for(std::chrono::seconds(2));
    return bench.catalogues.require("tickets")->version;
  };
  bench.clock.advance(std::chrono::minutes(59));
  CHECK(version_after_a_look() == 1);
  bench.clock.advance(std::chrono::minutes(2));
  CHECK(version_after_a_look() == 2);
}

TEST_CASE("import service: a catalogue that is removed is gone with its items") {
  ImportBench bench;
  bench.import(kTwo);
  bench.run(bench.service->remove("tickets"));
  CHECK(bench.catalogues.list().empty());
  for (const auto* sql : {"SELECT count(*) FROM catalogues", "SELECT count(*) FROM catalogue_items", "SELECT count(*) FROM catalogue_terms", "SELECT count(*) FROM catalogue_facets"})
    CHECK(bench.count(sql) == 0);
  CHECK_THROWS_AS(bench.run(bench.service->remove("tickets")), Error);
}
