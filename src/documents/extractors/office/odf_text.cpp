#include "documents/extractors/office/odf_text.h"

#include <algorithm>

#include "documents/extractors/office/xml.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kSpacesMax = 100;
constexpr int kRepeatedCellsMax = 64;
constexpr int kRepeatedRowsMax = 200;
constexpr int kSpanMax = 1'000;

void append_text(pugi::xml_node node, std::string& out) {
  for (const auto inner : node.children()) {
    if (inner.type() == pugi::node_pcdata || inner.type() == pugi::node_cdata) {
      out += inner.value();
      continue;
    }
    const auto name = local_name(inner);
    if (name == "s") {
      out.append(std::size_t(std::clamp(number_attribute(inner, "c", 1), 0, kSpacesMax)), ' ');
    } else if (name == "tab") {
      out += '\t';
    } else if (name == "line-break") {
      out += '\n';
    } else if (name == "note") {
      std::string text;
      append_text(child(inner, "note-body"), text);
      if (!tidy_line(text).empty()) out += " [" + tidy_line(text) + "]";
    } else if (name == "p" || name == "h") {
      if (!out.empty()) out += '\n';
      append_text(inner, out);
    } else if (name != "annotation" && name != "tracked-changes" && name != "frame" && name != "desc" && name != "title" && name != "ruby-text") {
      append_text(inner, out);
    }
  }
}

// Text boxes hang on paragraphs.
void tell_frames(pugi::xml_node node, BlockJoiner& joiner) {
  for (const auto inner : node.children()) {
    if (is(inner, "text-box")) {
      tell_odf(inner, joiner);
    } else if (!is(inner, "annotation") && !is(inner, "note")) {
      tell_frames(inner, joiner);
    }
  }
}

struct Merge {
  int rows_left = 0;
  std::string text;
};

void collect_rows(pugi::xml_node table, std::vector<pugi::xml_node>& rows) {
  for (const auto inner : table.children()) {
    if (is(inner, "table-row")) {
      rows.push_back(inner);
    } else if (is(inner, "table-header-rows") || is(inner, "table-rows") || is(inner, "table-row-group")) {
      collect_rows(inner, rows);
    }
  }
}

Row row_cells(pugi::xml_node row, std::vector<Merge>& merges) {
  Row cells;
  for (const auto cell : row.children()) {
    const bool covered = is(cell, "covered-table-cell");
    if (!covered && !is(cell, "table-cell")) continue;
    std::string text;
    append_text(cell, text);
    text = tidy_lines(text);
    int repeated = std::clamp(number_attribute(cell, "number-columns-repeated", 1), 1, kRepeatedCellsMax);
    if (text.empty() && !cell.next_sibling()) repeated = 1;
    const int rows = std::clamp(number_attribute(cell, "number-rows-spanned", 1), 1, kSpanMax);
    for (int i = 0; i < repeated; ++i) {
      const auto column = cells.size();
      if (merges.size() <= column) merges.resize(column + 1);
      auto& merge = merges[column];
      if (covered && merge.rows_left > 0) {
        --merge.rows_left;
        cells.push_back(merge.text);
      } else {
        cells.push_back(text);
        merge = {rows - 1, text};
      }
    }
  }
  return cells;
}

}  // namespace

std::string odf_paragraph_text(pugi::xml_node paragraph) {
  std::string text;
  append_text(paragraph, text);
  return tidy_lines(text);
}

std::vector<Row> odf_table_rows(pugi::xml_node table) {
  std::vector<pugi::xml_node> nodes;
  collect_rows(table, nodes);
  std::vector<Row> rows;
  std::vector<Merge> merges;
  for (const auto node : nodes) {
    auto cells = row_cells(node, merges);
    const bool blank = std::all_of(cells.begin(), cells.end(), [](const auto& cell) { return cell.empty(); });
    const int repeated = blank ? 1 : std::clamp(number_attribute(node, "number-rows-repeated", 1), 1, kRepeatedRowsMax);
    for (int i = 0; i < repeated; ++i) rows.push_back(cells);
  }
  return rows;
}

void tell_odf(pugi::xml_node node, BlockJoiner& joiner, int list_depth) {
  for (const auto inner : node.children()) {
    const auto name = local_name(inner);
    if (name == "h") {
      joiner.heading(std::clamp(number_attribute(inner, "outline-level", 1), 1, 6), odf_paragraph_text(inner));
    } else if (name == "p") {
      if (list_depth < 0) {
        joiner.paragraph(odf_paragraph_text(inner));
      } else {
        joiner.item(odf_paragraph_text(inner), "", list_depth);
      }
      tell_frames(inner, joiner);
    } else if (name == "list") {
      tell_odf(inner, joiner, list_depth + 1);
    } else if (name == "list-item" || name == "list-header") {
      tell_odf(inner, joiner, list_depth);
    } else if (name == "table") {
      joiner.table(odf_table_rows(inner));
    } else if (name != "tracked-changes" && name != "annotation" && name != "notes" && name != "forms") {
      tell_odf(inner, joiner, list_depth);
    }
  }
}

}  // namespace fragua::documents::extractors
