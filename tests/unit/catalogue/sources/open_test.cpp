#include "catalogue/sources/open.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include "unit/catalogue/sources/recording_sink.h"
#include "support/temporary_folder.h"

using namespace fragua;
using namespace fragua::catalogue;
using tests::shown;
using tests::RecordingSink;
using tests::error_of;

namespace {

struct Read {
  RecordingSink sink;
  std::vector<std::string> notes;
};

Read read_bytes(std::string_view bytes) {
  tests::TemporaryFolder folder;
  // The name says nothing.
  const auto file = folder.path() / "data.exe";
  write_file_atomically(file, bytes);
  Read read;
  SourceOptions options;
  options.noted = [&](std::string note) { read.notes.push_back(std::move(note)); };
  open_source(file, options)->read(read.sink);
  return read;
}

std::string open_error(std::string_view bytes) {
  return error_of([&] { read_bytes(bytes); });
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? "\r\n" : std::string(1, c);
  return out;
}

std::string utf16le_with_mark(std::string_view utf8) {
  std::string out = "\xFF\xFE";
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    unsigned code = lead;
    if (lead >= 0xE0) code = (lead & 0x0Fu) << 12 | (utf8[i + 1] & 0x3Fu) << 6 | (utf8[i + 2] & 0x3Fu);
    else if (lead >= 0xC0) code = (lead & 0x1Fu) << 6 | (utf8[i + 1] & 0x3Fu);
    i += lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    out += char(code & 0xFF);
    out += char(code >> 8);
  }
  return out;
}

std::string latin1(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    out += lead < 0x80 ? utf8[i] : char((lead & 0x1F) << 6 | (utf8[++i] & 0x3F));
  }
  return out;
}

const std::string kDefinitions = R"(--
-- PostgreSQL database dump
--

\restrict abc

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

CREATE TYPE public."State" AS ENUM (
    'ACTIVE',
    'DRAFT'
);

CREATE TABLE public."Course" (
    id integer NOT NULL,
    title text DEFAULT 'España'::text NOT NULL,
    note character varying(200),
    tags text[],
    days integer[],
    state public."State" DEFAULT 'DRAFT'::public."State" NOT NULL,
    open boolean,
    facts jsonb,
    price numeric(10,2)
);

)";
const std::string kInserts =
    R"(INSERT INTO public."Course" VALUES (1, 'Guitarra española', E'two\nlines\tand a \\', '{rock,"death metal",NULL}', '{1,2}', 'ACTIVE', true, '{"a": "it''s"}', 16.00);
INSERT INTO public."Course" VALUES (2, '¿Qué? "sí"; --', NULL, '{}', NULL, 'DRAFT', false, NULL, -0.50), (3, '', '\.', ARRAY['a,b'], '{}', 'ACTIVE', NULL, 'null', NULL);

ALTER TABLE ONLY public."Course"
    ADD CONSTRAINT "Course_pkey" PRIMARY KEY (id);

\unrestrict abc
)";
const std::string kCopy = R"(COPY public."Course" (id, title, note, tags, days, state, open, facts, price) FROM stdin;
1	Guitarra española	two\nlines\tand a \\	{rock,"death metal",NULL}	{1,2}	ACTIVE	t	{"a": "it's"}	16.00
2	¿Qué? "sí"; --	\N	{}	\N	DRAFT	f	\N	-0.50
3		\\.	{"a,b"}	{}	ACTIVE	\N	null	\N
\.

ALTER TABLE ONLY public."Course"
    ADD CONSTRAINT "Course_pkey" PRIMARY KEY (id);

\unrestrict abc
)";

}  // namespace

TEST_CASE("open source: one database as INSERT and as COPY, in every encoding, gives the same rows") {
  const auto expected = read_bytes(kDefinitions + kInserts).sink;
  REQUIRE(expected.rows.at("Course").size() == 3);
  CHECK(shown(expected.rows.at("Course")[0]) ==
        "1|Guitarra española|two\nlines\tand a \\|[\"rock\",\"death metal\",null]|[1,2]|ACTIVE|true|{\"a\": \"it's\"}|16.00");
  CHECK(shown(expected.rows.at("Course")[1]) == "2|¿Qué? \"sí\"; --|NULL|[]|NULL|DRAFT|false|NULL|-0.50");
  CHECK(shown(expected.rows.at("Course")[2]) == "3||\\.|[\"a,b\"]|[]|ACTIVE|NULL|null|NULL");
  struct Case {
    const char* name;
    std::string bytes;
  };
  auto declared = kDefinitions + kInserts;
  declared.replace(declared.find("UTF8"), 4, "LATIN1");
  const Case cases[] = {
      {"COPY", kDefinitions + kCopy},
      {"INSERT, CR LF", with_crlf(kDefinitions + kInserts)},
      {"COPY, CR LF", with_crlf(kDefinitions + kCopy)},
      {"INSERT, UTF-16, CR LF", utf16le_with_mark(with_crlf(kDefinitions + kInserts))},
      {"COPY, UTF-16", utf16le_with_mark(kDefinitions + kCopy)},
      {"INSERT, UTF-16 without a mark", utf16le_with_mark(kDefinitions + kInserts).substr(2)},
      {"INSERT, UTF-8 with a mark", "\xEF\xBB\xBF" + kDefinitions + kInserts},
      {"INSERT, Latin-1 that says UTF8", latin1(kDefinitions + kInserts)},
      {"INSERT, Latin-1 that says so", latin1(declared)},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    const auto read = read_bytes(c.bytes).sink;
    CHECK(read.rows == expected.rows);
    CHECK(read.columns_of("Course") == expected.columns_of("Course"));
    CHECK(read.relations == expected.relations);
  }
}

TEST_CASE("open source: what a file is says its content, and the reader is told") {
  CHECK(read_bytes(kDefinitions).notes == std::vector<std::string>{"a dump of PostgreSQL"});
  CHECK(read_bytes("[{\"a\": 1}]").notes == std::vector<std::string>{"JSON"});
  CHECK(read_bytes("a;b\n1;2\n").notes.front() == "CSV");
  CHECK(read_bytes("select,name\n1,2\n").notes.front() == "CSV");
}

TEST_CASE("open source: what is packed with gzip is read like the file in it, but for SQLite") {
  tests::TemporaryFolder folder;
  const auto file = (folder.path() / "data").string();
  const auto pack = [&](std::string_view bytes) {
    const auto packed = gzopen(file.c_str(), "wb");
    CHECK(gzwrite(packed, bytes.data(), unsigned(bytes.size())) == int(bytes.size()));
    CHECK(gzclose(packed) == Z_OK);
  };
  pack(kDefinitions + kCopy);
  RecordingSink sink;
  SourceOptions options;
  std::string notes;
  options.noted = [&](const std::string& note) { notes += note; };
  open_source(file, options)->read(sink);
  CHECK(sink.rows == read_bytes(kDefinitions + kInserts).sink.rows);
  CHECK(notes == "a dump of PostgreSQL, packed with gzip");
  pack(std::string_view("SQLite format 3\0", 16));
  CHECK(error_of([&] { open_source(file); }) == "an SQLite file cannot be read while it is packed: unpack it first");
}

TEST_CASE("open source: what is not read says what to do") {
  CHECK(open_error("") == "the file is empty");
  CHECK(open_error("PGDMP\x01\x0E").starts_with("this is an archive of pg_dump: make plain SQL of it with pg_restore"));
  CHECK(open_error("PK\x03\x04zip").starts_with("this is a zip file"));
  CHECK(open_error(std::string("\x7F" "ELF\0\0\0\0\1\0", 10)).starts_with("this is neither a database dump nor a text"));
  CHECK(error_of([] { open_source("/nowhere/at/all.sql"); }).find("all.sql") != std::string::npos);
}
