#include "documents/extractors/web/html_table.h"

#include <algorithm>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kCellMaxBytes = 4'000;  // longer ones are text that was placed by a table
constexpr int kSpanMax = 200;
constexpr int kRowSpanMax = 1'000;

struct Merge {
  int rows_left = 0;
  std::string text;
};

bool is_cell(DomNode node) { return tag_of(node) == LXB_TAG_TD || tag_of(node) == LXB_TAG_TH; }

Row row_cells(DomNode row, std::vector<Merge>& merges) {
  Row cells;
  const auto add_merged = [&] {
    while (cells.size() < merges.size() && merges[cells.size()].rows_left > 0) {
      auto& merge = merges[cells.size()];
      --merge.rows_left;
      cells.push_back(merge.text);
    }
  };
  for (auto* cell = row->first_child; cell; cell = cell->next) {
    if (!is_cell(cell) || is_left_out(cell)) continue;
    add_merged();
    const auto text = tidy_line(html_text(cell));
    const int columns = std::clamp(number_attribute_of(cell, "colspan", 1), 1, kSpanMax);
    const int rows = std::clamp(number_attribute_of(cell, "rowspan", 1), 1, kRowSpanMax);
    for (int i = 0; i < columns; ++i) {
      const auto shown = i == 0 ? text : std::string();
      if (rows > 1) {
        if (merges.size() <= cells.size()) merges.resize(cells.size() + 1);
        merges[cells.size()] = {rows - 1, shown};
      }
      cells.push_back(shown);
    }
  }
  add_merged();
  return cells;
}

}  // namespace

void append_inline_text(std::string& out, std::string_view text) {
  for (const char c : text) out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
}

std::string html_text(DomNode root) {
  std::string out;
  const auto new_line = [&] {
    if (!out.empty() && out.back() != '\n') out += '\n';
  };
  walk(
      root,
      [&](DomNode node) {
        if (node != root && is_left_out(node)) return false;
        if (is_text(node)) append_inline_text(out, text_of(node));
        if (tag_of(node) == LXB_TAG_BR || (node != root && is_block_element(node))) new_line();
        return true;
      },
      [&](DomNode node) {
        if (node != root && is_block_element(node)) new_line();
      });
  return out;
}

bool is_data_table(DomNode table) {
  bool data = true;
  std::size_t cell_bytes = 0;
  if (attribute_of(table, "role") == "presentation") return false;
  walk(
      table,
      [&](DomNode node) {
        if (!data || (node != table && is_left_out(node))) return false;
        const auto tag = tag_of(node);
        if (node != table && (tag == LXB_TAG_TABLE || tag == LXB_TAG_H1 || tag == LXB_TAG_H2 || tag == LXB_TAG_H3 || tag == LXB_TAG_PRE)) data = false;
        if (is_cell(node)) cell_bytes = 0;
        if (is_text(node)) cell_bytes += text_of(node).size();
        if (cell_bytes > kCellMaxBytes) data = false;
        return data;
      },
      [](DomNode) {});
  return data;
}

std::vector<Row> html_table_rows(DomNode table) {
  std::vector<Row> rows;
  std::vector<Merge> merges;
  walk(
      table,
      [&](DomNode node) {
        if (node != table && is_left_out(node)) return false;
        if (tag_of(node) != LXB_TAG_TR) return tag_of(node) != LXB_TAG_CAPTION;
        rows.push_back(row_cells(node, merges));
        return false;
      },
      [](DomNode) {});
  return rows;
}

}  // namespace fragua::documents::extractors
