#include "documents/extractors/office/sheet.h"

#include <algorithm>
#include <set>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

using Cells = std::map<std::uint32_t, Cell>;
using Region = std::vector<const Cells*>;

constexpr std::uint32_t kMergedRowsMax = 5'000;

bool has_numbers(const Cells& cells) {
  return std::any_of(cells.begin(), cells.end(), [](const auto& entry) { return entry.second.number; });
}

// What the tables of a sheet above this one were headed by: an empty row inside a table does not end it.
struct Header {
  std::set<std::uint32_t> columns;
  Cells cells;
};

Row to_row(const Cells& cells, const std::set<std::uint32_t>& columns) {
  Row row;
  for (const auto column : columns) {
    const auto found = cells.find(column);
    row.push_back(found == cells.end() ? "" : found->second.text);
  }
  return row;
}

class Teller {
 public:
  Teller(int page, Output& output) : page_(page), output_(output) {}

  void tell(const Region& region) {
    std::size_t first = 0;
    while (first < region.size() && region[first]->size() == 1) tell_line(region[first++]->begin()->second.text);
    auto last = region.size();
    while (last > first && region[last - 1]->size() == 1) --last;
    if (last > first) tell_rows({region.begin() + long(first), region.begin() + long(last)});
    for (; last < region.size(); ++last) tell_line(region[last]->begin()->second.text);
  }

 private:
  void tell_line(const std::string& text) { output_.block({BlockKind::paragraph, tidy_lines(text), page_}); }

  void tell_rows(const Region& rows) {
    std::set<std::uint32_t> columns;
    for (const auto* cells : rows)
      for (const auto& [column, cell] : *cells) columns.insert(column);
    Table table{{}, page_, std::nullopt};
    const bool continues = has_numbers(*rows.front()) && !header_.cells.empty() &&
                           std::includes(header_.columns.begin(), header_.columns.end(), columns.begin(), columns.end());
    if (continues) {
      columns = header_.columns;
      table.rows.push_back(to_row(header_.cells, columns));
    } else {
      header_ = {columns, *rows.front()};
    }
    for (const auto* cells : rows) table.rows.push_back(to_row(*cells, columns));
    tell_table(table, output_);
  }

  int page_;
  Output& output_;
  Header header_;
};

}  // namespace

void Sheet::set(std::uint32_t row, std::uint32_t column, Cell cell) {
  if (row >= kRowsMax || column >= kColumnsMax || tidy_line(cell.text).empty()) return;
  rows_[row][column] = std::move(cell);
}

void Sheet::merge_down(std::uint32_t first_row, std::uint32_t last_row, std::uint32_t column) {
  const auto row = rows_.find(first_row);
  if (row == rows_.end() || !row->second.contains(column) || last_row < first_row) return;
  const auto cell = row->second.at(column);
  last_row = std::min({last_row, first_row + kMergedRowsMax, kRowsMax - 1});
  for (auto other = row; other != rows_.end() && other->first <= last_row; ++other) other->second.try_emplace(column, cell);
}

void Sheet::tell(int page, Output& output) const {
  Teller teller(page, output);
  Region region;
  std::uint32_t last = 0;
  for (const auto& [number, cells] : rows_) {
    if (!region.empty() && number > last + 1) {
      teller.tell(region);
      region.clear();
    }
    region.push_back(&cells);
    last = number;
  }
  if (!region.empty()) teller.tell(region);
}

}  // namespace fragua::documents::extractors
