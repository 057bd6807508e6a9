// ImportBench: an import service on a database of its own, whose reading child is a few lines of Python. Callers: tests of catalogue/.
// Threads: the test's; pools of one.
#pragma once
#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>

#include "catalogue/import_service.h"
#include "db/migrations.h"
#include "db/sqlite/database.h"
#include "support/temporary_folder.h"

namespace fragua::catalogue::tests {

inline const std::string kSmallMapping = R"(title = "Conciertos"
time_zone = "Europe/Madrid"
currency = "EUR"
words = { one = "concierto", many = "conciertos" }
[source]
tables = { Event = ["id", "name", "city", "day", "price"] }
query = "SELECT id, name, city, day, price FROM Event"
[[fields]]
name = "id"
kind = "key"
[[fields]]
name = "name"
kind = "title"
[[fields]]
name = "city"
kind = "facet"
label = "ciudad"
names = { London = ["Londres"] }
[[fields]]
name = "day"
kind = "date"
[[fields]]
name = "price"
kind = "price"
)";

class NoImporter final : public models::SafetensorsImporter {
  void import(const fs::path&, const fs::path&, const models::ByteProgress&) override { FAIL("nothing is converted here"); }
};
class NoQuantizer final : public models::Quantizer {
  void quantize(const fs::path&, const fs::path&, const std::string&, const models::ByteProgress&) override { FAIL("nothing is quantised here"); }
};

struct ImportBench {
  fragua::tests::TemporaryFolder folder;
  asio::io_context loop;
  std::unique_ptr<db::Database> database = open();
  WorkerPool pool{"test", 1, 64};
  db::Store store{*database, pool};
  Catalogues catalogues{store};
  Log log{LogFormat::silent};
  models::ModelStore models{folder.path() / "models", log};
  NoImporter importer;
  NoQuantizer quantizer;
  models::Creator creator{models, importer, quantizer};
  ModelMaker maker{models, creator};
  ManualClock clock;
  std::uint64_t number = 0;
  std::string child = "pass";            // Python: what the child says, with `say(object)`
  std::unique_ptr<ImportService> service;

  std::unique_ptr<db::Database> open() {
    auto opened = db::open_sqlite({folder.path() / "test.db"});
    db::migrate(*opened, db::migrations());
    return opened;
  }
  void start() {
    ImportOptions options;
    options.reading.argv = {"python3", "-c",
                            "import socket,json,os\ns=socket.socket(fileno=3)\nf=s.makefile('rw')\nrequest=json.loads(f.readline())\n"
                            "def say(o): f.write(json.dumps(o)+'\\n'); f.flush()\n"
                            "def item(key,city,price): say({'type':'item','item':{'key':key,'title':'T '+key,'day':'2026-01-0'+key,'starts_at':'2026-01-0'+key+' 20:00:00',"
                            "'price':price,'content':{'id':key,'city':city,'price':price},'facets':{'city':[city]},'terms':'t'}})\n"
                            "def report(n): say({'type':'report','report':{'items':n,'tables':[{'table':'Event','rows':n}]}})\n" +
                                child};
    options.reading.memory_bytes = 0;
    options.folder = folder.path() / "imports";
    options.connections.emplace("shop", Secret("postgresql://reader:secret@db.example/shop"));
    service = std::make_unique<ImportService>(ImportParts{loop.get_executor(), store, pool, catalogues, maker, [](const Catalogues&) { return std::string(); }, clock,
                                                          [this] { return ++number; }, log},
                                              std::move(options));
    service->recover();
  }
  ImportReport import(const std::string& script, std::optional<std::string> mapping = kSmallMapping) {
    child = script;
    start();
    return run(service->import({"tickets", "/tmp/source", std::move(mapping), false}, [this](const ImportProgress& progress) { told.push_back(progress.status); }));
  }
  std::int64_t count(std::string_view sql) {
    std::int64_t counted = 0;
    database->read([&](db::Connection& connection) { counted = connection.query(sql).at(0).integer(0); });
    return counted;
  }
  template <class T>
  T run(Task<T> task) {
    std::exception_ptr failed;
    std::optional<T> result;
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error, T value) {
      failed = error;
      result.emplace(std::move(value));
    });
    drive();
    if (failed) std::rethrow_exception(failed);
    return std::move(*result);
  }
  void run(Task<> task) {
    std::exception_ptr failed;
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error) { failed = error; });
    drive();
    if (failed) std::rethrow_exception(failed);
  }
  std::vector<std::string> told;

 private:
  void drive() {
    loop.restart();
    loop.run_for(std::chrono::seconds(60));
  }
};

// The sentence of the Error that `work` throws; "" for none.
template <class Work>
std::string complaint_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

inline bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace fragua::catalogue::tests
