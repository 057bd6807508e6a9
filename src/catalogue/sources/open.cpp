#include "catalogue/sources/open.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/strings.h"
#include "catalogue/sources/csv.h"
#include "catalogue/sources/json_rows.h"
#include "catalogue/sources/sql_dump.h"
#include "catalogue/sources/sqlite.h"

namespace fragua::catalogue {

namespace {

constexpr std::size_t kHeadBytes = 64 << 10;

// What is a file of data, but not one that is read here.
struct OtherKind {
  std::string_view mark;
  std::string_view advice;
};
constexpr OtherKind kOtherKinds[] = {
    {"PGDMP", "this is an archive of pg_dump: make plain SQL of it with pg_restore --file=dump.sql"},
    {"PK\x03\x04", "this is a zip file: unpack it first"},
    {"BZh", "this is packed with bzip2: unpack it first"},
    {{"\xFD" "7zXZ\0", 6}, "this is packed with xz: unpack it first"},
    {"\x28\xB5\x2F\xFD", "this is packed with zstd: unpack it first"},
    {"PAR1", "this is a Parquet file: export the table as CSV"},
    {"\xD0\xCF\x11\xE0", "this is an old Office file: save the sheet as CSV"},
    {"%PDF", "this is a PDF: it holds no rows"},
};
constexpr std::string_view kSqliteMark("SQLite format 3\0", 16);

void refuse_other_kinds(std::string_view head) {
  if (head.empty()) throw Error(ErrorCode::invalid_argument, "the file is empty");
  for (const auto& kind : kOtherKinds)
    if (head.starts_with(kind.mark)) throw Error(ErrorCode::unsupported, std::string(kind.advice));
}

std::string decoded_head(std::string_view head, const std::string& encoding) {
  auto text = TextDecoder(encoding, nullptr).decode(head, true);
  if (text.find('\0') != std::string::npos)
    throw Error(ErrorCode::unsupported,
                "this is neither a database dump nor a text: PostgreSQL dumps (plain SQL), CSV, JSON and SQLite files are read");
  return text;
}

bool looks_like_json(std::string_view head) {
  const auto text = trimmed(head);
  return text.starts_with('[') || text.starts_with('{');
}

}  // namespace

std::unique_ptr<RowSource> open_source(const fs::path& file, SourceOptions options) {
  const auto note = [&](std::string_view what) {
    if (options.noted) options.noted(std::string(what) + (is_gzip(file) ? ", packed with gzip" : ""));
  };
  const auto head = head_of(file, kHeadBytes);
  if (head.starts_with(kSqliteMark)) {
    if (is_gzip(file)) throw Error(ErrorCode::unsupported, "an SQLite file cannot be read while it is packed: unpack it first");
    note("an SQLite file");
    return open_sqlite_source(file);
  }
  refuse_other_kinds(head);
  auto text = decoded_head(head, options.encoding);
  const bool sql = looks_like_sql(text);
  if (sql && options.encoding.empty() && marked_encoding(head).empty()) options.encoding = declared_encoding(text);
  auto reader = std::make_unique<TextReader>(open_bytes(file), options.encoding, options.noted);
  if (sql) {
    note("a dump of PostgreSQL");
    return std::make_unique<SqlDump>(std::move(reader));
  }
  if (looks_like_json(text)) {
    note("JSON");
    return std::make_unique<JsonRows>(std::move(reader));
  }
  note("CSV");
  return std::make_unique<CsvRows>(std::move(reader), options.noted);
}

}  // namespace fragua::catalogue
