// SqlDump: a PostgreSQL database as pg_dump writes it in plain SQL, with INSERT or COPY. Reads the definitions and the rows; every other
// statement is passed over by its own rules of quoting. Callers: open, the fuzzer. Threads: one; blocks.
// Its memory is a block of the text and one row. Never runs anything of what it reads.
#pragma once
#include <string>
#include <string_view>

#include "catalogue/rows.h"
#include "catalogue/sources/text_reader.h"

namespace fragua::catalogue {

class SqlDump final : public RowSource {
 public:
  explicit SqlDump(std::unique_ptr<TextReader> reader) : reader_(std::move(reader)) {}
  void read(RowSink& sink) override;

 private:
  std::unique_ptr<TextReader> reader_;
};

// Whether a text begins like a dump.
bool looks_like_sql(std::string_view head);
// What the dump's `SET client_encoding` says, as ICU names it; "": nothing, or UTF-8.
std::string declared_encoding(std::string_view head);

}  // namespace fragua::catalogue
