// The contract of every Database; SQLite is the one there is so far.
#include "db/database.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/error.h"
#include "db/sqlite/database.h"
#include "base/files.h"
#include "support/temporary_folder.h"

using namespace fragua;

namespace {

struct Bench {
  tests::TemporaryFolder folder;
  std::unique_ptr<db::Database> database = db::open_sqlite({folder.path() / "test.db"});

  Bench() {
    database->write([](db::Connection& c) {
      c.execute("CREATE TABLE things (id TEXT PRIMARY KEY, number BIGINT, weight DOUBLE PRECISION, bytes BYTEA)");
    });
  }
  std::int64_t count() {
    std::int64_t number = 0;
    database->read([&](db::Connection& c) { number = c.query("SELECT count(*) FROM things").front().integer(0); });
    return number;
  }
};

}  // namespace

TEST_CASE("database: values come back as they were written") {
  Bench bench;
  const std::string text = "año '; DROP TABLE things; --";
  bench.database->write([&](db::Connection& c) {
    c.execute("INSERT INTO things VALUES ($1, $2, $3, $4)", {text, std::int64_t(-7), 0.5, db::Blob{std::string("\0\1", 2)}});
    c.execute("INSERT INTO things VALUES ($1, $2, $3, $4)", {std::string("nothing"), nullptr, nullptr, nullptr});
  });
  bench.database->read([&](db::Connection& c) {
    const auto rows = c.query("SELECT id, number, weight, bytes FROM things ORDER BY number DESC");
    REQUIRE(rows.size() == 2);
    const auto& row = rows.front();
    CHECK(row.text(0) == text);
    CHECK(row.integer(1) == -7);
    CHECK(row.real(2) == 0.5);
    CHECK(row.text(3) == std::string("\0\1", 2));
    CHECK_FALSE(rows.back().maybe_integer(1).has_value());
    CHECK_FALSE(rows.back().maybe_text(3).has_value());
  });
}

TEST_CASE("database: a write that throws leaves nothing behind") {
  Bench bench;
  const auto failing = [](db::Connection& c) {
    c.execute("INSERT INTO things (id) VALUES ($1)", {std::string("a")});
    throw Error(ErrorCode::conflict, "no");
  };
  CHECK_THROWS_AS(bench.database->write(failing), Error);
  CHECK(bench.count() == 0);
}

TEST_CASE("database: the same key twice is a conflict, wrong SQL an error of ours") {
  Bench bench;
  const auto code_of = [&](std::string_view sql) {
    try {
      bench.database->write([&](db::Connection& c) { c.execute(sql); });
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::cancelled;
  };
  CHECK(code_of("INSERT INTO things (id) VALUES ('a')") == ErrorCode::cancelled);
  CHECK(code_of("INSERT INTO things (id) VALUES ('a')") == ErrorCode::conflict);
  CHECK(code_of("INSERT INTO nowhere VALUES (1)") == ErrorCode::internal);
}

TEST_CASE("database: a read cannot write") {
  Bench bench;
  CHECK_THROWS_AS(bench.database->read([](db::Connection& c) { c.execute("INSERT INTO things (id) VALUES ('a')"); }), Error);
  CHECK(bench.count() == 0);
}

TEST_CASE("database: writes of many threads all arrive") {
  Bench bench;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&bench, t] {
      for (int i = 0; i < 25; ++i)
        bench.database->write([&](db::Connection& c) {
          c.execute("INSERT INTO things (id) VALUES ($1)", {std::to_string(t) + "-" + std::to_string(i)});
        });
    });
  for (auto& thread : threads) thread.join();
  CHECK(bench.count() == 100);
}

TEST_CASE("database: a copy holds what was there, and does not overwrite a file") {
  Bench bench;
  bench.database->write([](db::Connection& c) { c.execute("INSERT INTO things (id) VALUES ('kept')"); });
  const auto copy = bench.folder.path() / "copy.db";
  bench.database->back_up(copy);
  CHECK_THROWS_AS(bench.database->back_up(copy), Error);
  auto opened = db::open_sqlite({copy});
  opened->read([](db::Connection& c) { CHECK(c.query("SELECT id FROM things").front().text(0) == "kept"); });
}

TEST_CASE("database: a file that is none is said to be damaged") {
  tests::TemporaryFolder folder;
  write_file_atomically(folder.path() / "bad.db", std::string(4096, 'x'));
  try {
    db::open_sqlite({folder.path() / "bad.db"});
    FAIL("it was opened");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::corrupt);
  }
}
