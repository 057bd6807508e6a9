// CREATE TABLE, CREATE TYPE and ALTER TABLE, through a whole dump: what they tell the sink.
#include "catalogue/sources/sql_definitions.h"

#include <doctest/doctest.h>

#include "unit/catalogue/sources/recording_sink.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::read_sql;
using tests::sql_error;

TEST_CASE("sql definitions: columns with their types, whatever stands around them") {
  struct Case {
    const char* columns;
    const char* told;
  };
  const Case cases[] = {
      {"id text NOT NULL, \"eventDate\" timestamp(3) without time zone DEFAULT CURRENT_TIMESTAMP",
       "id <text>, eventDate <timestamp(3) without time zone>"},
      {"price numeric(10,2) DEFAULT (1 + 2), name character varying(36) COLLATE \"C\" NOT NULL",
       "price <numeric(10,2)>, name <character varying(36)>"},
      {"status public.\"EventStatus\" DEFAULT 'DRAFT'::public.\"EventStatus\" NOT NULL", "status <EventStatus>"},
      {"tags text[] DEFAULT ARRAY[]::text[], grid integer[3][3], p double precision",
       "tags <text[]>, grid <integer[3][3]>, p <double precision>"},
      {"id bigint GENERATED ALWAYS AS IDENTITY (START WITH 1), at timestamp with time zone NULL",
       "id <bigint>, at <timestamp with time zone>"},
      {"name text CHECK ((name <> ''::text)), note text DEFAULT 'a, b) not null'", "name <text>, note <text>"},
      {"a text, CONSTRAINT c CHECK (((a)::text = ANY (ARRAY['x', 'y']))), UNIQUE (a), exclude boolean, EXCLUDE USING gist (a WITH =)",
       "a <text>, exclude <boolean>"},
      {"total numeric GENERATED ALWAYS AS ((a * (2)::numeric)) STORED, \"primary\" text", "total <numeric>, primary <text>"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.columns);
    CHECK(read_sql("CREATE TABLE public.t (" + std::string(c.columns) + ");").columns_of("t") == c.told);
  }
}

TEST_CASE("sql definitions: every form of CREATE TABLE") {
  const auto sink = read_sql(R"(
    CREATE UNLOGGED TABLE IF NOT EXISTS main.public."Parent" (id integer, at date);
    CREATE TABLE child (extra text) INHERITS (public."Parent") WITH (fillfactor='70');
    CREATE TABLE part PARTITION OF "Parent" FOR VALUES FROM (1) TO (10);
    CREATE TABLE copy (LIKE "Parent" INCLUDING ALL, more text);
    CREATE TABLE nothing ();
    CREATE TABLE made AS SELECT 1;
    CREATE VIEW v AS SELECT 1 AS one;)");
  CHECK(sink.columns_of("Parent") == "id <integer>, at <date>");
  CHECK(sink.columns_of("child") == "id <integer>, at <date>, extra <text>");
  CHECK(sink.columns_of("part") == "id <integer>, at <date>");
  CHECK(sink.columns_of("copy") == "id <integer>, at <date>, more <text>");
  CHECK(sink.columns_of("nothing").empty());
  CHECK(sink.heads.size() == 5);
}

TEST_CASE("sql definitions: a column of an enumeration knows its values") {
  const auto sink = read_sql(R"(
    CREATE TYPE public."EventStatus" AS ENUM (
        'DRAFT',
        'it''s',
        'SOLD OUT'
    );
    CREATE TYPE public.empty AS ENUM ();
    CREATE TYPE public.pair AS (a integer, b text);
    CREATE TABLE "Event" (id text, status public."EventStatus");)");
  REQUIRE(sink.heads.size() == 1);
  CHECK(sink.heads[0].columns[0].values.empty());
  CHECK(sink.heads[0].columns[1].values == std::vector<std::string>{"DRAFT", "it's", "SOLD OUT"});
}

TEST_CASE("sql definitions: keys, inline and added later, become relations") {
  const auto sink = read_sql(R"(
    CREATE TABLE "Venue" (id text PRIMARY KEY, parent text REFERENCES "Venue");
    CREATE TABLE "Event" (id text NOT NULL, "venueId" text, b integer, CONSTRAINT fk FOREIGN KEY (b) REFERENCES "Venue"(id) ON DELETE SET NULL);
    CREATE TABLE pairs (a text, b text, PRIMARY KEY (a, b));
    ALTER TABLE ONLY public."Event" ADD CONSTRAINT "Event_pkey" PRIMARY KEY (id);
    ALTER TABLE ONLY public."Event" ADD CONSTRAINT u UNIQUE ("venueId");
    ALTER TABLE ONLY public."Event" ADD CONSTRAINT "Event_venueId_fkey" FOREIGN KEY ("venueId") REFERENCES public."Venue"(id) ON UPDATE CASCADE;
    ALTER TABLE IF EXISTS public."Event" ADD FOREIGN KEY (a, b) REFERENCES pairs NOT VALID;
    ALTER TABLE public."Event" OWNER TO someone;
    ALTER SEQUENCE s OWNED BY public."Event".id;)");
  CHECK(sink.relations == std::vector<std::string>{"Venue.id -> .", "Venue.parent -> Venue.id", "Event.b -> Venue.id", "pairs.a -> .",
                                                   "pairs.b -> .", "Event.id -> .", "Event.venueId -> Venue.id", "Event.a -> pairs.a",
                                                   "Event.b -> pairs.b"});
}

TEST_CASE("sql definitions: what is wrong is said with its place") {
  CHECK(sql_error("CREATE TABLE t (\n  id text\n") == "line 3, column 1: \")\" is expected, not the end of the file");
  CHECK(sql_error("CREATE TABLE t (id numeric(10,") == "line 1, column 31: a column's type is not complete: the file is cut off");
  CHECK(sql_error("CREATE TABLE t (id text, 5 text);") == "line 1, column 26: a name is expected, not \"5\"");
  CHECK(sql_error("CREATE TABLE t (a text);\nCREATE TABLE public.t (a text);") == "line 2, column 14: the table \"t\" is defined twice");
  CHECK(sql_error("CREATE TABLE a.t (a text);\nCREATE TABLE b.t (a text);") ==
        "line 2, column 14: two schemas or databases have a table \"t\": dump the one that is meant (pg_dump --schema)");
  CHECK(sql_error("CREATE TABLE t (a text DEFAULT f(") == "line 1, column 34: a bracket is not closed: the file is cut off");
}

TEST_CASE("sql definitions: more columns than PostgreSQL allows are refused") {
  std::string columns = "c0 text";
  for (std::size_t i = 1; i <= kColumnsMax; ++i) columns += ", c" + std::to_string(i) + " text";
  CHECK(sql_error("CREATE TABLE t (" + columns + ");").ends_with("more than 1600 columns"));
}
