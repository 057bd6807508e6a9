// Against a real server: what it says itself and what its own pg_dump writes must be the same rows.
#include "catalogue/sources/postgres.h"

#include <doctest/doctest.h>

#include <condition_variable>
#include <mutex>
#include <thread>

#include "catalogue/sources/open.h"
#include "unit/catalogue/sources/postgres_server.h"
#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::RecordingSink;
using tests::error_of;
using tests::shown;

namespace {

// One for all tests: it takes seconds to start. Nothing: not installed.
tests::PostgresServer* server() {
  if (tests::PostgresServer::programs().empty()) {
    MESSAGE("skipped: PostgreSQL is not installed (apt-get install postgresql)");
    return nullptr;
  }
  static tests::PostgresServer running;
  return &running;
}

db::PostgresOptions options_for(const std::string& address) {
  db::PostgresOptions options;
  options.address = Secret(address);
  return options;
}

RecordingSink read_live(const std::string& address, RecordingSink sink = {}) {
  open_postgres_source(options_for(address))->read(sink);
  return sink;
}

RecordingSink read_dump(const fs::path& file) {
  RecordingSink sink;
  open_source(file)->read(sink);
  return sink;
}

// A server gives rows in any order.
std::map<std::string, std::vector<std::string>> sorted_rows(const RecordingSink& sink) {
  std::map<std::string, std::vector<std::string>> sorted;
  for (const auto& [table, rows] : sink.rows) {
    auto& lines = sorted[table];
    for (const auto& row : rows) lines.push_back(shown(row));
    std::sort(lines.begin(), lines.end());
  }
  return sorted;
}

std::vector<std::string> sorted(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  return lines;
}

ErrorCode code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

// Asks for the stop from another thread, a while after it was told of a table: its rows are being waited for then.
class StoppingSink final : public RecordingSink {
 public:
  explicit StoppingSink(std::stop_source& stop) : stop_(stop) {}
  void table(const TableHead&) override {
    asking_ = std::jthread([this] {
      std::mutex mutex;
      std::unique_lock lock(mutex);
      std::condition_variable().wait_for(lock, std::chrono::milliseconds(300));
      stop_.request_stop();
    });
  }

 private:
  std::stop_source& stop_;
  std::jthread asking_;
};

constexpr const char* kDatabase = R"(
  DROP SCHEMA public CASCADE;
  CREATE SCHEMA public;
  SET timezone = 'UTC';
  CREATE TYPE "Course state" AS ENUM ('ACTIVE', 'it''s over');
  CREATE TABLE teacher (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mail text);
  CREATE TABLE "Course" (
    id text PRIMARY KEY, teacher integer REFERENCES teacher, state "Course state" NOT NULL, states "Course state"[], open boolean, opens boolean[],
    price numeric(10,2) DEFAULT -0.5, prices numeric(10,2)[], weight double precision, tags text[], grid integer[][], facts jsonb, plain json,
    picture bytea, bits bit(3), at timestamp(3) with time zone, on_day date, takes interval, double_price numeric GENERATED ALWAYS AS (price * 2) STORED,
    note character varying(200) COLLATE "C" CHECK (note <> 'a;b'));
  CREATE TABLE seen (day date, what text) PARTITION BY RANGE (day);
  CREATE TABLE seen_2025 PARTITION OF seen FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
  CREATE FUNCTION answer() RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 42; END;
  CREATE FUNCTION other() RETURNS integer LANGUAGE plpgsql AS $f$ BEGIN RETURN $$ 1; $$::integer; END $f$;
  CREATE VIEW cheap AS SELECT id FROM "Course" WHERE price < 0;
  COMMENT ON TABLE "Course" IS 'INSERT INTO "Course" VALUES (1);';
  INSERT INTO teacher (name, mail) VALUES ('Núñez; --', 'nunez@shop.example'), ('O''Brien \.', NULL), (E'tab\tline\nreturn\r\\end', '');
  INSERT INTO "Course" VALUES
    ('a', 1, 'ACTIVE', '{ACTIVE,"it''s over",NULL}', true, '{t,f,NULL}', 16, '{1.50,NaN}', 1e300, ARRAY['a,b', 'say "x"', 'back\slash', '', NULL, 'NULL', '{c}'],
     '{{1,2},{3,NULL}}', '{"b": [1, "it''s"], "a": null}', '{"a":  1}', '\x00ff27', B'101', '2025-11-10 20:00:00.123+01', '2025-11-10', '1 day 02:00', DEFAULT, E'\\N'),
    (E'b\\.', NULL, 'it''s over', '{}', false, '{}', DEFAULT, NULL, 'NaN', '{}', NULL, 'null', NULL, '', NULL, NULL, 'infinity', NULL, DEFAULT, '');
  INSERT INTO seen VALUES ('2025-11-10', 'one'), ('2025-11-11', NULL);
)";

}  // namespace

TEST_CASE("postgres source: a live database and every form of its dump give the same rows") {
  auto* postgres = server();
  if (!postgres) return;
  postgres->psql("tickets", kDatabase);
  auto live = read_live(postgres->address());
  CHECK(live.rows.at("Course").size() == 2);
  CHECK(live.rows.at("teacher").size() == 3);
  CHECK(live.rows.at("cheap").size() == 1);
  CHECK(live.rows.at("seen").size() == 2);
  CHECK_FALSE(live.rows.contains("seen_2025"));
  // A dump has no rows of views, and its partitions are tables.
  live.rows.erase("cheap");
  live.rows["seen_2025"] = std::exchange(live.rows["seen"], {});
  live.rows.erase("seen");
  // What is computed is NULL in a dump, which leaves it to the server.
  for (auto& row : live.rows["Course"]) row[18].reset();

  const std::vector<std::string> forms[] = {{}, {"--inserts"}, {"--column-inserts"}, {"--rows-per-insert=2"}, {"--encoding=LATIN1"},
                                            {"--inserts", "--encoding=WIN1252", "--clean", "--if-exists"}, {"--quote-all-identifiers"}};
  for (const auto& form : forms) {
    CAPTURE(form.empty() ? "COPY" : form.front());
    const auto dumped = read_dump(postgres->dump("tickets", form));
    CHECK(sorted_rows(dumped) == sorted_rows(live));
    CHECK(dumped.columns_of("Course") == live.columns_of("Course"));
    CHECK(dumped.columns_of("teacher") == live.columns_of("teacher"));
    CHECK(sorted(dumped.relations) == sorted(live.relations));
  }
  const auto course = std::find_if(live.heads.begin(), live.heads.end(), [](const TableHead& head) { return head.name == "Course"; });
  REQUIRE(course != live.heads.end());
  CHECK(course->columns[2].values == std::vector<std::string>{"ACTIVE", "it's over"});
}

TEST_CASE("postgres source: the real dump, loaded into a server, gives the rows of the file") {
  const fs::path file = fs::path(FRAGUA_SOURCE_DIR) / "../shared/data/tickets/postgres_ticketing_backup.sql";
  if (!fs::exists(file)) {
    MESSAGE("skipped: ../shared/data/tickets is missing");
    return;
  }
  auto* postgres = server();
  if (!postgres) return;
  postgres->psql("postgres", "CREATE DATABASE shop");
  postgres->load("shop", file);
  const auto live = read_live(postgres->address("shop:a%20secret", "shop"));
  const auto dumped = read_dump(file);
  CHECK(live.rows.at("Event").size() == 419);
  CHECK(sorted_rows(live) == sorted_rows(dumped));
  for (const auto& head : dumped.heads) CHECK(live.columns_of(head.name) == dumped.columns_of(head.name));
  // References to people that the dump lacks could not be made again.
  const auto relations = sorted(dumped.relations);
  for (const auto& relation : live.relations) CHECK(std::binary_search(relations.begin(), relations.end(), relation));
}

TEST_CASE("postgres source: only what is wanted leaves the server, whatever things are called") {
  auto* postgres = server();
  if (!postgres) return;
  postgres->psql("postgres", "DROP DATABASE IF EXISTS other");
  postgres->psql("postgres", "CREATE DATABASE other");
  postgres->psql("other", R"(
    CREATE TABLE people (id integer, mail text);
    INSERT INTO people SELECT n, 'secret' FROM generate_series(1, 2500) n;
    CREATE TABLE "a""; DROP TABLE people; --" ("x"";" text);
    INSERT INTO "a""; DROP TABLE people; --" VALUES ('kept');
    CREATE ROLE visitor LOGIN PASSWORD 'v';
    GRANT SELECT (id) ON people TO visitor;)");
  RecordingSink wanted;
  wanted.wanted = {"people"};
  wanted.unwanted_columns = {"mail"};
  const auto visitor = read_live(postgres->address("visitor:v", "other"), wanted);
  REQUIRE(visitor.rows.at("people").size() == 2500);
  CHECK(shown(visitor.rows.at("people")[0]) == "1|NULL");
  CHECK(visitor.rows.size() == 1);

  RecordingSink strange;
  strange.wanted = {"a\"; DROP TABLE people; --"};
  CHECK(shown(read_live(postgres->address("shop:a%20secret", "other"), strange).rows.begin()->second.at(0)) == "kept");

  RecordingSink everything;
  everything.wanted = {"people"};
  CHECK(code_of([&] { read_live(postgres->address("visitor:v", "other"), everything); }) == ErrorCode::forbidden);
}

TEST_CASE("postgres source: two schemas with a wanted table of one name are refused") {
  auto* postgres = server();
  if (!postgres) return;
  postgres->psql("postgres", "DROP DATABASE IF EXISTS twice");
  postgres->psql("postgres", "CREATE DATABASE twice");
  postgres->psql("twice", "CREATE TABLE t (a text); CREATE SCHEMA archive; CREATE TABLE archive.t (a text);");
  CHECK(error_of([&] { read_live(postgres->address("shop:a%20secret", "twice")); }) ==
        "two schemas have a table \"t\": connect as a user that sees only the one that is meant");
}

TEST_CASE("postgres source: errors say what is wrong and never the password") {
  CHECK(error_of([] { read_live("postgresql://shop:hunter2%zz@127.0.0.1/tickets"); }) ==
        "the address of the database cannot be read: it is like postgresql://user:password@host:5432/database");
  const auto closed = tests::LoopbackSocket().port();
  const auto refused = error_of([&] { read_live("postgresql://shop:hunter2@127.0.0.1:" + closed + "/tickets"); });
  CHECK(refused.starts_with("the database cannot be reached: connection to server at \"127.0.0.1\""));
  CHECK(refused.find("hunter2") == std::string::npos);
  auto* postgres = server();
  if (!postgres) return;
  const auto wrong = error_of([&] { read_live(postgres->address("shop:hunter2")); });
  CHECK(wrong.find("password authentication failed") != std::string::npos);
  CHECK(wrong.find("hunter2") == std::string::npos);
  // A user of the same name as the password: the password is not shown as that, either.
  const auto same = error_of([&] { read_live(postgres->address("hunter2:hunter2")); });
  CHECK(same.find("hunter2") == std::string::npos);
  CHECK(same.find("[secret]") != std::string::npos);
}

TEST_CASE("postgres source: a server that does not answer, a slow statement and a stop end the wait") {
  const auto begin = std::chrono::steady_clock::now();
  tests::LoopbackSocket silent;
  silent.listen();
  auto options = options_for("postgresql://shop@127.0.0.1:" + silent.port() + "/tickets");
  options.connect_timeout = std::chrono::milliseconds(200);
  CHECK(code_of([&] { open_postgres_source(options); }) == ErrorCode::deadline_exceeded);

  std::stop_source stopped;
  stopped.request_stop();
  options.stop = stopped.get_token();
  CHECK(code_of([&] { open_postgres_source(options); }) == ErrorCode::cancelled);

  auto* postgres = server();
  if (!postgres) return;
  postgres->psql("postgres", "DROP DATABASE IF EXISTS slow");
  postgres->psql("postgres", "CREATE DATABASE slow");
  postgres->psql("slow", "CREATE VIEW slow AS SELECT pg_sleep(60)::text AS a");
  auto patient = options_for(postgres->address("shop:a%20secret", "slow"));
  patient.statement_timeout = std::chrono::milliseconds(300);
  RecordingSink sink;
  CHECK(code_of([&] { open_postgres_source(patient)->read(sink); }) == ErrorCode::deadline_exceeded);

  std::stop_source stop;
  patient.statement_timeout = std::chrono::minutes(1);
  patient.stop = stop.get_token();
  StoppingSink stopping(stop);
  CHECK(code_of([&] { open_postgres_source(patient)->read(stopping); }) == ErrorCode::cancelled);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(30));
}
