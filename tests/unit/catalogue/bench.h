// CatalogueBench: a small made-up shop in a database of its own: concerts with genres, cities, days and prices.
// Callers: tests of catalogue/. Threads: the test's; a pool of one.
#pragma once
#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "catalogue/catalogues.h"
#include "db/migrations.h"
#include "db/sqlite/database.h"
#include "search/analysis.h"
#include "support/temporary_folder.h"
#include "unit/catalogue/concerts.h"

namespace fragua::catalogue::tests {

// Version 1 of `catalogue`, and one item of a version that is over.
inline void write_concerts(db::Connection& db, const Catalogue& catalogue) {
  db.execute("INSERT INTO catalogues (number, name, version, created_at, updated_at, definition, mapping) VALUES ($1, $2, $3, 0, 0, '{}', '')",
             {catalogue.number, catalogue.name, catalogue.version});
  const auto add = [&](const Concert& concert, std::int64_t version) {
    json::object content{{"id", concert.key},     {"name", concert.title}, {"description", concert.text}, {"genre", concert.genre},
                         {"city", concert.city},  {"category", is_metal(concert.genre) ? "Metal" : "Rock"},
                         {"date", concert.day + " 21:00:00"}, {"price", concert.price}};
    const auto number = db.query("INSERT INTO catalogue_items (catalogue_number, version, item_key, title, day, starts_at, price, content)"
                                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING number",
                                 {catalogue.number, version, concert.key, concert.title, concert.day, concert.day + " 21:00:00", concert.price,
                                  to_json(content)})
                            .front()
                            .integer(0);
    for (const auto field : {"genre", "city", "category"})
      db.execute("INSERT INTO catalogue_facets (item_number, field, value) VALUES ($1, $2, $3)",
                 {number, std::string(field), std::string(content.at(field).as_string())});
    db.execute("INSERT INTO catalogue_terms (rowid, scope, terms) VALUES ($1, $2, $3)",
               {number, "c" + std::to_string(catalogue.number) + "v" + std::to_string(version),
                search::index_terms(concert.title + "\n" + concert.text)});
  };
  for (const auto& concert : concerts()) add(concert, catalogue.version);
  add({"old", "Valencia Jazz Night", "Jazz de otra época", "thrash metal", "Valencia", "2025-11-15", 1}, catalogue.version + 1);
}

struct CatalogueBench {
  fragua::tests::TemporaryFolder folder;
  asio::io_context loop;
  CataloguePointer catalogue = std::make_shared<const Catalogue>(concert_catalogue());
  std::unique_ptr<db::Database> database = open();
  WorkerPool pool{"test", 1, 64};
  db::Store store{*database, pool};
  Catalogues catalogues{store};

  std::unique_ptr<db::Database> open() {
    auto opened = db::open_sqlite({folder.path() / "test.db"});
    db::migrate(*opened, db::migrations());
    opened->write([&](db::Connection& connection) { write_concerts(connection, *catalogue); });
    return opened;
  }

  // Drives the loop until the task is done; hands out what it returned or threw.
  template <class T>
  T run(Task<T> task) {
    std::exception_ptr failed;
    std::optional<T> result;
    bool is_done = false;
    asio::co_spawn(loop, std::move(task), [&](std::exception_ptr error, T value) {
      failed = error;
      if (!error) result.emplace(std::move(value));
      is_done = true;
    });
    loop.restart();
    while (!is_done && loop.run_one_for(std::chrono::seconds(30)) > 0) {
    }
    REQUIRE(is_done);
    if (failed) std::rethrow_exception(failed);
    return std::move(*result);
  }
};

}  // namespace fragua::catalogue::tests
