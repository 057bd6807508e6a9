// CsvRows: separated values as RFC 4180 has them, as the one table kRowsTable. Finds the separator (comma, semicolon, tab, bar) and whether
// the first line names the columns. Callers: open. Threads: one; blocks.
// An empty cell is NULL, "" is an empty text. A row that does not fit the columns is an error, never shifted.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/rows.h"
#include "catalogue/sources/text_reader.h"

namespace fragua::catalogue {

struct CsvShape {
  char separator = ',';
  bool has_header = true;
};
CsvShape csv_shape(std::string_view head);

class CsvRows final : public RowSource {
 public:
  CsvRows(std::unique_ptr<TextReader> reader, std::function<void(std::string)> noted)
      : reader_(std::move(reader)), noted_(std::move(noted)) {}
  void read(RowSink& sink) override;

 private:
  std::unique_ptr<TextReader> reader_;
  std::function<void(std::string)> noted_;
};

}  // namespace fragua::catalogue
