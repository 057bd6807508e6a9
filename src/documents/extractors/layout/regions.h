// The order in which a page is read: it is cut into strips, columns and tables until only lines below each other are left.
// Callers: layout/page_blocks. Threads: any; pure.
// Columns are read one after the other; rows that line up in columns of short texts are a table.
#pragma once
#include <vector>

#include "documents/extractors/layout/lines.h"
#include "documents/extractors/table.h"

namespace fragua::documents::extractors {

struct Region {
  std::vector<TextLine> lines;  // from top to bottom, of a table row by row
  std::vector<Row> table;       // its rows, where it is one
  Box box;
};

std::vector<Region> reading_order(const std::vector<TextLine>& lines);

}  // namespace fragua::documents::extractors
