// Whether lines that stand in columns are a table, and its rows. Callers: layout/regions. Threads: any; pure.
// Columns of running text are no table, however well their lines agree.
#pragma once
#include <optional>
#include <vector>

#include "documents/extractors/layout/gutters.h"
#include "documents/extractors/table.h"

namespace fragua::documents::extractors {

struct FoundTable {
  std::vector<Row> rows;
  std::vector<TextLine> lines;  // row by row, from left to right
};

std::optional<FoundTable> find_table(const std::vector<TextLine>& lines, const std::vector<Band>& gutters);

}  // namespace fragua::documents::extractors
