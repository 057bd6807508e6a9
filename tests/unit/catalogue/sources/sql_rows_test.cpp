// INSERT and COPY, through a whole dump.
#include "catalogue/sources/sql_rows.h"

#include <doctest/doctest.h>

#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::shown;
using tests::RecordingSink;
using tests::read_sql;
using tests::sql_error;

namespace {

const std::string kTable = "CREATE TABLE public.\"Event\" (id text, price numeric(10,2), tags text[], ok boolean);\n";

// The cells of its rows, a line each.
std::string rows_of(const std::string& statements) {
  const auto sink = read_sql(kTable + statements);
  std::string out;
  for (const auto& [table, rows] : sink.rows)
    for (const auto& row : rows) out += shown(row) + "\n";
  return out;
}

}  // namespace

TEST_CASE("sql rows: every form of INSERT") {
  struct Case {
    const char* statement;
    const char* rows;
  };
  const Case cases[] = {
      {"INSERT INTO public.\"Event\" VALUES ('a', 16.00, '{rock,\"death metal\"}', true);", "a|16.00|[\"rock\",\"death metal\"]|true\n"},
      {"INSERT INTO \"Event\" VALUES ('it''s', -1, NULL, 'f'),\n  (E'two\\nlines', NULL, ARRAY['a,b']::text[], 't');",
       "it's|-1|NULL|false\ntwo\nlines|NULL|[\"a,b\"]|true\n"},
      {"INSERT INTO main.public.\"Event\" (ok, id) VALUES (false, 'b');", "b|NULL|NULL|false\n"},
      {"INSERT INTO \"Event\" (id) OVERRIDING SYSTEM VALUE VALUES ('c') ON CONFLICT DO NOTHING;", "c|NULL|NULL|NULL\n"},
      {"INSERT INTO \"Event\" VALUES ('ends; not (here)', DEFAULT, '{}', NULL);", "ends; not (here)|NULL|[]|NULL\n"},
      {"INSERT INTO other (a, \"B\") VALUES (1, 'x');", "1|x\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.statement);
    CHECK(rows_of(c.statement) == c.rows);
  }
}

TEST_CASE("sql rows: COPY with all its escapes") {
  struct Case {
    const char* lines;
    const char* rows;
  };
  const Case cases[] = {
      {"a\t16.00\t{rock,\"death metal\"}\tt\n", "a|16.00|[\"rock\",\"death metal\"]|true\n"},
      {"\\N\t\\N\t\\N\t\\N\n", "NULL|NULL|NULL|NULL\n"},
      {"\t-1\t{}\tf\n", "|-1|[]|false\n"},
      {"t\\tn\\nr\\rb\\bf\\fv\\v\\\\\t1\t{}\tt\n", "t\tn\nr\rb\bf\fv\v\\|1|[]|true\n"},
      {"\\x41\\101\\303\\261\\q\t1\t{}\tt\n", "AAñq|1|[]|true\n"},
      {"\\\\N\t1\t{}\tt\n", "\\N|1|[]|true\n"},
      {"\\Nothing\t1\t{}\tt\n", "Nothing|1|[]|true\n"},
      {"two\\\nlines\t1\t{\"a\\\\\\\\b\"}\tt\n", "two\nlines|1|[\"a\\\\b\"]|true\n"},
      {"\\xFF\t1\t{}\tt\n", "\uFFFD|1|[]|true\n"},
      {"'quotes' \"stay\"; -- so\t1\t{}\tt\n", "'quotes' \"stay\"; -- so|1|[]|true\n"},
      {"", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.lines);
    CHECK(rows_of("COPY public.\"Event\" (id, price, tags, ok) FROM stdin;\n" + std::string(c.lines) + "\\.\n\nSELECT 1;") == c.rows);
  }
  CHECK(rows_of("COPY public.\"Event\" (ok, id) FROM stdin;\nt\tz\n\\.") == "z|NULL|NULL|true\n");
}

TEST_CASE("sql rows: a table or column that is not wanted never reaches the sink") {
  RecordingSink sink;
  sink.wanted = {"Event"};
  sink.unwanted_columns = {"price", "tags"};
  read_sql(kTable + R"(CREATE TABLE people (name text);
    INSERT INTO people VALUES ('Ana'), (now());
    INSERT INTO nobody VALUES ('who');
    INSERT INTO "Event" VALUES ('a', 16.00, '{', true);
)", sink);
  CHECK(sink.rows.size() == 1);
  CHECK(shown(sink.rows["Event"].at(0)) == "a|NULL|NULL|true");

  RecordingSink copied;
  copied.wanted = {"Event"};
  copied.unwanted_columns = {"price", "tags"};
  read_sql(kTable + "COPY people (name) FROM stdin;\nAna\n\\N\n\\.\nCOPY \"Event\" FROM stdin;\na\t\\x31\t{\tt\n\\.\n", copied);
  CHECK(copied.rows.size() == 1);
  CHECK(shown(copied.rows["Event"].at(0)) == "a|NULL|NULL|true");
}

TEST_CASE("sql rows: rows of a partition are those of its table, where that is wanted") {
  const std::string text = R"(CREATE TABLE seen (day date, what text) PARTITION BY RANGE (day);
    CREATE TABLE seen_2025 (what text, day date);
    ALTER TABLE ONLY public.seen ATTACH PARTITION public.seen_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
    ALTER TABLE ONLY public.seen_2025 ATTACH PARTITION public.seen DEFAULT;
    CREATE TABLE seen_2026 PARTITION OF seen FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    INSERT INTO seen_2025 VALUES ('one', '2025-11-10');
    COPY seen_2026 (what) FROM stdin;
two
\.
)";
  const auto all = read_sql(text);
  REQUIRE(all.rows.size() == 1);
  CHECK(shown(all.rows.at("seen").at(0)) == "2025-11-10|one");
  CHECK(shown(all.rows.at("seen").at(1)) == "NULL|two");
  RecordingSink part;
  part.wanted = {"seen_2025"};
  read_sql(text, part);
  CHECK(part.rows.size() == 1);
  CHECK(shown(part.rows.at("seen_2025").at(0)) == "one|2025-11-10");
}

TEST_CASE("sql rows: what does not fit is said with its place") {
  struct Case {
    const char* statement;
    const char* error;
  };
  const Case cases[] = {
      {"INSERT INTO \"Event\" VALUES ('a', 1, '{}', true),\n    ('b', 2);",
       "line 3, column 5: an INSERT into \"Event\" has 2 values for 4 columns"},
      {"INSERT INTO \"Event\" VALUES ('a', 1, '{}', true, 5);", "line 2, column 28: an INSERT into \"Event\" has 5 values for 4 columns"},
      {"INSERT INTO \"Event\" (id, nope) VALUES ('a', 1);", "line 2, column 13: \"Event\" has no column \"nope\""},
      {"INSERT INTO \"Event\" (id, id) VALUES ('a', 1);", "line 2, column 13: the column \"id\" of \"Event\" is named twice"},
      {"INSERT INTO unknown VALUES ('a');",
       "line 2, column 13: the rows of \"unknown\" name no columns, and no CREATE TABLE came before them"},
      {"INSERT INTO \"Event\" SELECT 1;", "line 2, column 21: values is expected, not \"select\""},
      {"INSERT INTO \"Event\" VALUES ('a', 1, 'rock', true);",
       "line 2, column 37: the value of \"tags\": this is not an array as PostgreSQL writes it: rock"},
      {"INSERT INTO \"Event\" VALUES ('a', 1, '{}', true)", "line 2, column 48: \";\" is expected, not the end of the file"},
      {"INSERT INTO \"Event\" VALUES ('a', 1, '{}'", "line 2, column 41: \")\" is expected, not the end of the file"},
      {"COPY \"Event\" FROM stdin;\na\t1\t{}\tt\nb\t2\n\\.\n", "line 4, column 1: a row of \"Event\" has 2 values for 4 columns"},
      {"COPY \"Event\" FROM stdin;\na\t1\t{}\tt\n", "line 4, column 1: the rows of \"Event\" never end: the file is cut off"},
      {"COPY \"Event\" FROM '/etc/passwd';",
       "line 2, column 19: stdin (only rows that stand in the dump itself are read) is expected, not a string"},
      {"COPY \"Event\" FROM stdin WITH (FORMAT csv);",
       "line 2, column 25: \";\" (of COPY only the text format is read, as pg_dump writes it) is expected, not \"with\""},
      {"COPY unknown FROM stdin;", "line 2, column 6: the rows of \"unknown\" name no columns, and no CREATE TABLE came before them"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.statement);
    CHECK(sql_error(kTable + c.statement) == c.error);
  }
}

TEST_CASE("sql rows: a value over the limit is refused, however it is written") {
  const std::string long_text(kCellMaxBytes + 1, 'x');
  CHECK(sql_error(kTable + "INSERT INTO \"Event\" (id) VALUES ('" + long_text + "');").ends_with("a value is longer than 16 MiB"));
  CHECK(sql_error(kTable + "COPY \"Event\" (id) FROM stdin;\n" + long_text + "\n\\.\n").ends_with("a value is longer than 16 MiB"));
}
