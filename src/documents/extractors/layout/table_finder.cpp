#include "documents/extractors/layout/table_finder.h"

#include <algorithm>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr double kProseWords = 4.5;      // a line of running text has more
constexpr double kProseWidth = 0.65;     // of its column
constexpr std::size_t kProseLines = 4;
constexpr double kLeastFilled = 0.55;    // of a table's cells
constexpr double kSameRow = 0.6;         // of a line's size, between the middles

struct TableRow {
  double center = 0;
  double top = 0, bottom = 0;
  std::vector<std::vector<const TextLine*>> cells;

  std::size_t filled() const {
    return std::size_t(std::count_if(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); }));
  }
};

std::size_t column_of(const TextLine& line, const std::vector<Band>& gutters) {
  const double center = line.box.x0;
  return std::size_t(std::count_if(gutters.begin(), gutters.end(), [&](const Band& gutter) { return center >= gutter.to - 0.01; }));
}

std::vector<TableRow> rows_of(const std::vector<TextLine>& lines, const std::vector<Band>& gutters) {
  std::vector<const TextLine*> sorted;
  for (const auto& line : lines) sorted.push_back(&line);
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return middle(a->box) < middle(b->box); });
  std::vector<TableRow> rows;
  for (const auto* line : sorted) {
    const double center = middle(line->box);
    if (rows.empty() || center - rows.back().center > kSameRow * line->size) {
      rows.push_back({center, line->box.y0, line->box.y1, {}});
      rows.back().cells.resize(gutters.size() + 1);
    }
    auto& row = rows.back();
    row.top = std::min(row.top, line->box.y0);
    row.bottom = std::max(row.bottom, line->box.y1);
    row.cells[column_of(*line, gutters)].push_back(line);
  }
  for (auto& row : rows)
    for (auto& cell : row.cells) std::stable_sort(cell.begin(), cell.end(), [](const auto* a, const auto* b) { return a->box.x0 < b->box.x0; });
  return rows;
}

bool is_prose(const std::vector<const TextLine*>& column) {
  if (column.size() < kProseLines) return false;
  double left = column.front()->box.x0, right = column.front()->box.x1;
  std::size_t words = 0;
  for (const auto* line : column) {
    left = std::min(left, line->box.x0);
    right = std::max(right, line->box.x1);
    words += line->words.size();
  }
  std::size_t wide = 0;
  for (const auto* line : column) wide += line->box.x1 - line->box.x0 >= kProseWidth * (right - left);
  return double(words) >= kProseWords * double(column.size()) && wide * 10 >= column.size() * 6;
}

bool has_prose(const std::vector<TextLine>& lines, const std::vector<Band>& gutters) {
  std::vector<std::vector<const TextLine*>> columns(gutters.size() + 1);
  for (const auto& line : lines) columns[column_of(line, gutters)].push_back(&line);
  return std::any_of(columns.begin(), columns.end(), is_prose);
}

bool is_filled(const std::vector<TableRow>& rows) {
  std::size_t filled = 0, cells = 0;
  for (const auto& row : rows) {
    filled += row.filled();
    cells += row.cells.size();
  }
  return double(filled) >= kLeastFilled * double(cells);
}

// Whether the columns' lines are broken independently of each other, as lists side by side are: in one column a line goes on with the one
// above it while in another one something new begins.
bool has_own_lines(const std::vector<TableRow>& rows, std::size_t columns) {
  std::size_t conflicts = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    bool goes_on = false, begins = false;
    for (std::size_t column = 0; column < columns; ++column) {
      const auto &cell = rows[i].cells[column], &above = rows[i - 1].cells[column];
      if (cell.empty()) continue;
      const auto text = line_text(*cell.front());
      if (!starts_with_lowercase(text)) {
        begins = true;
      } else if (!above.empty() && above.front()->words.size() > 1 && !starts_with_lowercase(line_text(*above.front()))) {
        goes_on = true;
      }
    }
    conflicts += goes_on && begins;
  }
  return conflicts >= 2 && conflicts * 8 >= rows.size();
}

// Lines that have a row for themselves are found in several columns: each goes its own way.
bool has_own_rows(const std::vector<TableRow>& rows, std::size_t columns) {
  std::vector<std::size_t> alone(columns);
  for (const auto& row : rows) {
    if (row.filled() != 1) continue;
    for (std::size_t column = 0; column < columns; ++column) alone[column] += !row.cells[column].empty();
  }
  return std::count_if(alone.begin(), alone.end(), [](std::size_t count) { return count >= 3; }) >= 2;
}

Row to_row(const TableRow& row) {
  Row out;
  for (const auto& cell : row.cells) {
    std::string text;
    for (const auto* line : cell) text += (text.empty() ? "" : " ") + line_text(*line);
    out.push_back(std::move(text));
  }
  return out;
}

// A row goes on with the one above it when it stands closer to it than rows do, and says nothing in the first column or, in the header,
// leaves columns out.
bool continues(const std::vector<TableRow>& rows, std::size_t at, double usual_gap) {
  const auto& row = rows[at];
  const double gap = row.top - rows[at - 1].bottom;
  const bool partial = row.filled() < rows[at - 1].filled();
  const bool close = gap <= usual_gap * 0.6 || gap <= 0;
  if (!partial) return false;
  if (row.cells.front().empty()) return close || gap <= usual_gap;
  const double after = at + 1 < rows.size() ? rows[at + 1].top - row.bottom : gap;
  return at == 1 && gap < after * 0.6;
}

double median_gap(const std::vector<TableRow>& rows) {
  std::vector<double> gaps;
  for (std::size_t i = 1; i < rows.size(); ++i) gaps.push_back(rows[i].top - rows[i - 1].bottom);
  if (gaps.empty()) return 0;
  std::nth_element(gaps.begin(), gaps.begin() + long(gaps.size() / 2), gaps.end());
  return gaps[gaps.size() / 2];
}

}  // namespace

std::optional<FoundTable> find_table(const std::vector<TextLine>& lines, const std::vector<Band>& gutters) {
  const auto columns = gutters.size() + 1;
  const auto rows = rows_of(lines, gutters);
  const bool full = rows.size() == 2 && columns > 2 && lines.size() >= 2 * columns;
  if (columns < 2 || (rows.size() < 3 && !full)) return std::nullopt;
  if (has_prose(lines, gutters) || !is_filled(rows) || has_own_lines(rows, columns) || has_own_rows(rows, columns)) return std::nullopt;
  const double usual_gap = median_gap(rows);
  FoundTable found;
  auto& table = found.rows;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    auto row = to_row(rows[i]);
    for (const auto& cell : rows[i].cells)
      for (const auto* line : cell) found.lines.push_back(*line);
    if (i == 0 || !continues(rows, i, usual_gap)) {
      table.push_back(std::move(row));
      continue;
    }
    for (std::size_t column = 0; column < columns; ++column)
      if (!row[column].empty()) table.back()[column] += (table.back()[column].empty() ? "" : " ") + row[column];
  }
  return found;
}

}  // namespace fragua::documents::extractors
