// Opens a file of data whatever it is: a PostgreSQL dump (plain SQL), CSV, JSON, JSONL or an SQLite database; plain or gzip; in any
// encoding. What it is says its content, never its name. Callers: catalogue/importer, catalogue/suggestion. Threads: one; blocks.
// Reads as a stream: its memory does not grow with the file (an SQLite file and gzip too). Never writes.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "base/files.h"
#include "catalogue/rows.h"

namespace fragua::catalogue {

// The only table of a file that has no tables: CSV, JSON.
constexpr std::string_view kRowsTable = "rows";

struct SourceOptions {
  std::string encoding;                              // of the text, as IANA names it; "": what the file's bytes say
  // Told what was found and assumed while reading, a sentence each: "a dump of PostgreSQL, gzip", "read as Windows-1252: …".
  std::function<void(std::string)> noted;
};

// Error(not_found), Error(unavailable): cannot be opened. Error(unsupported): a kind of file that is not read, and what to do about it.
std::unique_ptr<RowSource> open_source(const fs::path& file, SourceOptions options = {});

}  // namespace fragua::catalogue
