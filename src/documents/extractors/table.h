// Tables as Markdown. A long one becomes several blocks that repeat the header row, so that each can be read alone. Callers: every
// extractor. Threads: any; pure. Cells are one line each; a bar inside one is escaped.
#pragma once
#include <string>
#include <vector>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

using Row = std::vector<std::string>;

constexpr std::size_t kRowsPerBlock = 50;

struct Table {
  std::vector<Row> rows;  // the first one is the header
  int page = 0;
  std::optional<Box> box;
};

std::string to_markdown(const Row& header, const std::vector<Row>& rows);
// Columns and rows without any text are left out. A table of one cell or one column is told as paragraphs.
void tell_table(const Table& table, Output& output);

}  // namespace fragua::documents::extractors
