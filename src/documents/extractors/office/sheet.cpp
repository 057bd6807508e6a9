#include "documents/extractors/office/sheet.h"

#include <algorithm>
#include <set>
#include <utility>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

using Cells = std::map<std::uint32_t, Cell>;
using Region = std::vector<const Cells*>;

constexpr std::uint32_t kMergedRowsMax = 5'000;
constexpr std::size_t kHeaderRowsMax = 3;

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

// Rows at the top of a region that say what the columns are: the first one, and those after it that have texts only and none in the first
// column.
std::size_t header_rows(const Region& rows) {
  if (rows.empty() || has_numbers(*rows.front())) return 0;
  std::size_t count = 1;
  const auto first = rows.front()->begin()->first;
  while (count < rows.size() && count < kHeaderRowsMax && !has_numbers(*rows[count]) && rows[count]->begin()->first > first) ++count;
  return count;
}

// Several header rows as one: each column's texts from top to bottom.
void add_to(Header& header, const Cells& cells) {
  for (const auto& [column, cell] : cells) {
    header.columns.insert(column);
    auto& text = header.cells[column].text;
    text += (text.empty() ? "" : " – ") + cell.text;
  }
}

// One cell, at the left: a note under a table. Further to the right it is a row of the table that is nearly empty.
bool is_line(const Cells& cells, const Region& region) {
  auto left = cells.begin()->first;
  for (const auto* row : region) left = std::min(left, row->begin()->first);
  return cells.size() == 1 && cells.begin()->first == left;
}

class Teller {
 public:
  Teller(int page, Output& output) : page_(page), output_(output) {}

  void tell(const Region& region) {
    std::size_t first = 0;
    while (first < region.size() && region[first]->size() == 1) ++first;
    auto last = region.size();
    while (last > first && is_line(*region[last - 1], region)) --last;
    const Region rows(region.begin() + long(first), region.begin() + long(last));
    if (first > 0 || rows.empty()) tell_pending();
    for (std::size_t i = 0; i < first; ++i) tell_line(region[i]->begin()->second.text);
    if (!rows.empty()) tell_rows(rows);
    if (last < region.size()) tell_pending();
    for (; last < region.size(); ++last) tell_line(region[last]->begin()->second.text);
  }

  // A header that no rows came after.
  void tell_pending() {
    if (!std::exchange(pending_, false)) return;
    tell_table({{to_row(header_.cells, header_.columns)}, page_, std::nullopt}, output_);
  }

 private:
  void tell_line(const std::string& text) { output_.block({BlockKind::paragraph, tidy_lines(text), page_}); }

  void tell_rows(const Region& rows) {
    std::set<std::uint32_t> columns;
    for (const auto* cells : rows)
      for (const auto& [column, cell] : *cells) columns.insert(column);
    const auto own = header_rows(rows);
    const bool continues = own == 0 && !header_.cells.empty() && std::includes(header_.columns.begin(), header_.columns.end(), columns.begin(), columns.end());
    if (!continues) {
      tell_pending();
      header_ = {};
      for (std::size_t i = 0; i < std::max<std::size_t>(own, 1); ++i) add_to(header_, *rows[i]);
      header_.columns = columns;
    }
    // An empty row may stand between a header and what it heads.
    pending_ = !continues && own == rows.size();
    if (pending_) return;
    Table table{{to_row(header_.cells, header_.columns)}, page_, std::nullopt};
    for (auto i = continues ? 0 : std::max<std::size_t>(own, 1); i < rows.size(); ++i) table.rows.push_back(to_row(*rows[i], header_.columns));
    tell_table(table, output_);
  }

  int page_;
  Output& output_;
  Header header_;
  bool pending_ = false;
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
  teller.tell_pending();
}

}  // namespace fragua::documents::extractors
