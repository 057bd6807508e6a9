#include "documents/extractors/table.h"

#include <algorithm>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

std::string cell_text(const std::string& text) {
  std::string out;
  for (const char c : tidy_line(text)) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

void append_row(std::string& out, const Row& row, std::size_t columns) {
  out += '|';
  for (std::size_t i = 0; i < columns; ++i) {
    out += ' ';
    if (i < row.size()) out += cell_text(row[i]);
    out += " |";
  }
  out += '\n';
}

bool is_blank(const Row& row) {
  return std::all_of(row.begin(), row.end(), [](const auto& cell) { return tidy_line(cell).empty(); });
}

std::vector<Row> without_blanks(const std::vector<Row>& rows) {
  std::size_t columns = 0;
  for (const auto& row : rows) columns = std::max(columns, row.size());
  std::vector<bool> used(columns);
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) used[i] = used[i] || !tidy_line(row[i]).empty();
  std::vector<Row> kept;
  for (const auto& row : rows) {
    if (is_blank(row)) continue;
    Row cells;
    for (std::size_t i = 0; i < row.size(); ++i)
      if (used[i]) cells.push_back(row[i]);
    kept.push_back(std::move(cells));
  }
  return kept;
}

void tell_column(const std::vector<Row>& rows, const Table& table, Output& output) {
  for (const auto& row : rows) output.block({BlockKind::paragraph, tidy_lines(row.front()), table.page, 0, table.box});
}

}  // namespace

std::string to_markdown(const Row& header, const std::vector<Row>& rows) {
  auto columns = header.size();
  for (const auto& row : rows) columns = std::max(columns, row.size());
  std::string out;
  append_row(out, header, columns);
  out += '|';
  for (std::size_t i = 0; i < columns; ++i) out += " --- |";
  out += '\n';
  for (const auto& row : rows) append_row(out, row, columns);
  out.pop_back();
  return out;
}

void tell_table(const Table& table, Output& output) {
  const auto rows = without_blanks(table.rows);
  if (rows.empty()) return;
  const auto widest = std::max_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.size() < b.size(); })->size();
  if (widest == 1) return tell_column(rows, table, output);
  for (std::size_t begin = 1; begin < rows.size() || begin == 1; begin += kRowsPerBlock) {
    const auto end = std::min(rows.size(), begin + kRowsPerBlock);
    output.block({BlockKind::table, to_markdown(rows.front(), {rows.begin() + long(begin), rows.begin() + long(end)}), table.page, 0, table.box});
  }
}

}  // namespace fragua::documents::extractors
