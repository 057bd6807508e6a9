#include "catalogue/sources/sqlite.h"

#include <doctest/doctest.h>

#include "unit/catalogue/sources/recording_sink.h"
#include "db/sqlite/database.h"
#include "support/temporary_folder.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::shown;
using tests::RecordingSink;
using tests::error_of;

namespace {

void make(const fs::path& file) {
  const auto database = db::open_sqlite({file});
  database->write([](db::Connection& c) {
    c.execute("CREATE TABLE venue (id INTEGER PRIMARY KEY, \"the city\" TEXT)");
    c.execute("CREATE TABLE event (id TEXT, venue INTEGER REFERENCES venue, price REAL, picture BLOB, double REAL AS (price * 2))");
    c.execute("CREATE VIEW cheap AS SELECT * FROM event");
    c.execute("CREATE VIRTUAL TABLE words USING fts5(word)");
    c.execute("INSERT INTO venue VALUES (1, 'España')");
    c.execute("INSERT INTO event VALUES ('a', 1, 16.5, x'0AFF'), ('b', NULL, NULL, NULL)");
  });
}

}  // namespace

TEST_CASE("sqlite source: tables, keys and rows; no views, no virtual tables") {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "a file with % and ?.db";
  make(file);
  RecordingSink sink;
  sink.unwanted_columns = {"picture"};
  open_sqlite_source(file)->read(sink);
  CHECK(sink.heads.size() == 2);
  CHECK(sink.columns_of("venue") == "id <INTEGER>, the city <TEXT>");
  CHECK(shown(sink.rows["venue"].at(0)) == "1|España");
  CHECK(shown(sink.rows["event"].at(0)) == "a|1|16.5|NULL|33");
  CHECK(shown(sink.rows["event"].at(1)) == "b|NULL|NULL|NULL|NULL");
  CHECK(sink.relations == std::vector<std::string>{"event.venue -> venue.id", "venue.id -> ."});
}

TEST_CASE("sqlite source: bytes are written as PostgreSQL writes them, and nothing is left beside the file") {
  tests::TemporaryFolder folder;
  make(folder.path() / "data.db");
  RecordingSink sink;
  sink.wanted = {"event"};
  open_sqlite_source(folder.path() / "data.db")->read(sink);
  CHECK(shown(sink.rows["event"].at(0)) == "a|1|16.5|\\x0aff|33");
  CHECK_FALSE(sink.rows.contains("venue"));
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("sqlite source: a damaged file is said to be one") {
  tests::TemporaryFolder folder;
  const auto file = folder.path() / "data.db";
  make(file);
  auto bytes = read_file(file);
  for (std::size_t i = 100; i < bytes.size(); ++i) bytes[i] = char(i * 7);
  write_file_atomically(file, bytes);
  const auto error = error_of([&] {
    RecordingSink sink;
    open_sqlite_source(file)->read(sink);
  });
  CHECK(error.starts_with("the SQLite file cannot be read"));
}
