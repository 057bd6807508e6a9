#include "catalogue/sources/sql_dump.h"

#include <doctest/doctest.h>

#include <fstream>

#include "catalogue/sources/open.h"
#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::shown;
using tests::RecordingSink;
using tests::read_sql;
using tests::sql_error;

namespace {

// Bytes of a dump that is made while it is read: rows of INSERT, then as many of COPY.
class MadeDump final : public ByteStream {
 public:
  explicit MadeDump(std::uint64_t bytes) : left_(bytes) {}
  std::size_t read(std::span<char> buffer) override {
    while (ready_.size() < buffer.size() && part_ < 3) make();
    const auto count = std::min(buffer.size(), ready_.size());
    std::copy_n(ready_.begin(), count, buffer.begin());
    ready_.erase(0, count);
    return count;
  }
  std::uint64_t rows() const { return rows_; }

 private:
  void make() {
    if (part_ == 0) {
      ready_ += "CREATE TABLE public.\"Event\" (id text, name text, price numeric(10,2), tags text[]);\n";
      half_ = left_ / 2;
      part_ = 1;
    } else if (left_ == 0) {
      ready_ += "\\.\n";
      part_ = 3;
    } else {
      if (part_ == 1 && left_ <= half_) {
        ready_ += "COPY public.\"Event\" (id, name, price, tags) FROM stdin;\n";
        part_ = 2;
      }
      const auto number = std::to_string(rows_++);
      const std::string text(500, 'x');
      auto row = part_ == 1 ? "INSERT INTO public.\"Event\" VALUES ('e" + number + "', 'it''s " + text + "', 16.00, '{rock,\"a b\"}');\n"
                            : "e" + number + "\tit's " + text + "\t16.00\t{rock,\"a b\"}\n";
      left_ -= std::min<std::uint64_t>(left_, row.size());
      ready_ += row;
    }
  }

  std::uint64_t left_, half_ = 0, rows_ = 0;
  std::string ready_;
  int part_ = 0;
};

std::uint64_t resident_bytes() {
  std::uint64_t total = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> total >> resident;
  return resident * 4096;
}

class CountingSink final : public RecordingSink {
 public:
  std::uint64_t count = 0, peak = 0;
  void row(std::string_view, Cells) override {
    if (count++ % 1000 == 0) peak = std::max(peak, resident_bytes());
  }
};

}  // namespace

TEST_CASE("sql dump: statements of every kind are passed over, psql's commands too") {
  const auto sink = read_sql(R"(--
-- PostgreSQL database dump
--
\restrict FpmaED1aTQ'sL8x
SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SELECT pg_catalog.set_config('search_path', '', false);
COMMENT ON SCHEMA public IS 'INSERT INTO "Event" VALUES (1);';
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;
CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $_$
BEGIN
  INSERT INTO "Event" VALUES ('not a row');
  RETURN NEW;
END;
$_$;
CREATE TABLE "Event" (id text);
INSERT INTO "Event" VALUES ('--
COPY x FROM stdin;');
;
SELECT pg_catalog.setval('public."Event_id_seq"', 2, true);
\connect other
CREATE TABLE elsewhere (id text);
\unrestrict FpmaED1aTQ'sL8x)");
  REQUIRE(sink.rows.size() == 1);
  CHECK(shown(sink.rows.at("Event").at(0)) == "--\nCOPY x FROM stdin;");
  CHECK(sink.heads.size() == 2);
}

TEST_CASE("sql dump: settings that change how it is read") {
  const auto sink = read_sql(
      "SET standard_conforming_strings = off;\nSET search_path = shop, pg_catalog;\nCREATE TABLE t (a text);\nINSERT INTO shop.t VALUES "
      "('it\\'s');");
  CHECK(shown(sink.rows.at("t").at(0)) == "it's");
}

TEST_CASE("sql dump: what is no dump of PostgreSQL is said") {
  CHECK(sql_error("SET a = 1;\n'x'") == "line 2, column 1: a statement of SQL is expected here");
  CHECK(sql_error("INSERT INTO `t` VALUES (1);") == "line 1, column 13: a name is expected, not \"`\"");
  CHECK(sql_error("`t`") == "line 1, column 1: a name in backquotes: this is a dump of MySQL, and only PostgreSQL's are read");
}

TEST_CASE("sql dump: known by its beginning") {
  for (const char* text : {"--\n-- PostgreSQL database dump", "\n\\restrict x", "SET a = 1;", "insert into t values", "/* x */", "BEGIN;"})
    CHECK(looks_like_sql(text));
  for (const char* text :
       {"id,name", "set,create", "[{}]", "\\N\t1", "selected items", "Comment", "Set name,price", "Select;price;\n", "copy\tnumber\n1\t2"})
    CHECK_FALSE(looks_like_sql(text));
}

TEST_CASE("sql dump: the encoding that it declares") {
  CHECK(declared_encoding("-- x\n\\restrict a\nSET a = 0;\nSET client_encoding = 'LATIN1';\n") == "latin1");
  CHECK(declared_encoding("SET client_encoding TO 'WIN1252';") == "windows-1252");
  CHECK(declared_encoding("SET client_encoding = 'EUC_JP';") == "euc-jp");
  CHECK(declared_encoding("SET client_encoding = 'UTF8';").empty());
  CHECK(declared_encoding("SET client_encoding = 'SQL_ASCII';").empty());
  CHECK(declared_encoding("CREATE TABLE t ();\nSET client_encoding = 'LATIN1';").empty());
  CHECK(declared_encoding("-- nothing").empty());
}

TEST_CASE("sql dump: the real dump of a ticket shop") {
  const fs::path file = fs::path(FRAGUA_SOURCE_DIR) / "../shared/data/tickets/postgres_ticketing_backup.sql";
  if (!fs::exists(file)) {
    MESSAGE("skipped: ../shared/data/tickets is missing");
    return;
  }
  RecordingSink sink;
  open_source(file)->read(sink);
  CHECK(sink.heads.size() == 16);
  CHECK(sink.rows.size() == 6);
  CHECK(sink.rows["Event"].size() == 419);
  CHECK(sink.rows["Venue"].size() == 85);
  CHECK(sink.rows["EventSubcategory"].size() == 13);
  CHECK(sink.rows["EventCategory"].size() == 2);
  CHECK(sink.rows["EventLocality"].size() == 1200);
  CHECK(sink.rows["VenueSection"].size() == 12);
  CHECK(std::count(sink.relations.begin(), sink.relations.end(), "Event.venueId -> Venue.id") == 1);
  CHECK(std::count(sink.relations.begin(), sink.relations.end(), "Event.subcategory_id -> EventSubcategory.id") == 1);
  CHECK(std::count(sink.relations.begin(), sink.relations.end(), "Event.id -> .") == 1);
}

TEST_CASE("sql dump: memory does not grow with the dump") {
  constexpr std::uint64_t kBytes = 300ull << 20;
  auto made = std::make_unique<MadeDump>(kBytes);
  const auto& dump = *made;
  CountingSink sink;
  [[maybe_unused]] const auto before = resident_bytes();
  SqlDump source(std::make_unique<TextReader>(std::move(made), "", nullptr));
  source.read(sink);
  CHECK(sink.count == dump.rows());
  CHECK(sink.count > 500'000);
  // Sanitizers keep freed memory.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  CHECK(sink.peak < before + (20ull << 20));
#endif
}
