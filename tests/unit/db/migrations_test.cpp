#include "db/migrations.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "db/sqlite/database.h"
#include "support/temporary_folder.h"

using namespace fragua;

TEST_CASE("migrations: a new database gets every table, a second start changes nothing") {
  tests::TemporaryFolder folder;
  const auto database = db::open_sqlite({folder.path() / "test.db"});
  db::migrate(*database, db::migrations());
  const auto state = db::migration_state(*database, db::migrations());
  CHECK(state.from == state.to);
  CHECK(state.to >= 1);
  db::migrate(*database, db::migrations());
  database->read([](db::Connection& c) { CHECK(c.query("SELECT count(*) FROM users").front().integer(0) == 0); });
}

TEST_CASE("migrations: one that fails leaves the schema before it") {
  tests::TemporaryFolder folder;
  const auto database = db::open_sqlite({folder.path() / "test.db"});
  const EmbeddedFile files[] = {{"0001_good.sql", "CREATE TABLE a (x BIGINT);\n"}, {"0002_bad.sql", "CREATE TABLE b (x BIGINT);\nCREATE TABLE a (x BIGINT);\n"}};
  CHECK_THROWS_AS(db::migrate(*database, files), Error);
  CHECK(db::migration_state(*database, files).from == 1);
  database->read([](db::Connection& c) { CHECK_THROWS_AS(c.query("SELECT * FROM b"), Error); });
}

TEST_CASE("migrations: a database of a newer version is refused") {
  tests::TemporaryFolder folder;
  const auto database = db::open_sqlite({folder.path() / "test.db"});
  const EmbeddedFile newer[] = {{"0001_a.sql", "CREATE TABLE a (x BIGINT);\n"}, {"0002_b.sql", "CREATE TABLE b (x BIGINT);\n"}};
  db::migrate(*database, newer);
  CHECK_THROWS_AS(db::migrate(*database, std::span(newer).first(1)), Error);
}
