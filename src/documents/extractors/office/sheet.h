// A sheet's cells as blocks: rows that stand together between empty ones are a table, lines of one cell are text, and every block of a
// long table repeats the header row. Callers: office/xlsx, office/ods. Threads: one.
// A cell merged downwards is repeated in every row; one merged to the right stands in its first column, the others are blank.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "documents/extractors/table.h"

namespace fragua::documents::extractors {

struct Cell {
  std::string text;
  bool number = false;  // also dates: what a header is not
};

class Sheet {
 public:
  static constexpr std::uint32_t kRowsMax = 1'048'576;
  static constexpr std::uint32_t kColumnsMax = 16'384;
  void set(std::uint32_t row, std::uint32_t column, Cell cell);
  // Down and to the right of its first cell; both ends belong to it.
  void merge_down(std::uint32_t first_row, std::uint32_t last_row, std::uint32_t column);
  void tell(int page, Output& output) const;

 private:
  using Cells = std::map<std::uint32_t, Cell>;
  std::map<std::uint32_t, Cells> rows_;  // only what has text
};

}  // namespace fragua::documents::extractors
