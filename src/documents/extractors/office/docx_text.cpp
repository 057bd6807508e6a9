#include "documents/extractors/office/docx_text.h"

#include <algorithm>

#include "documents/extractors/office/xml.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kSpanMax = 200;
constexpr std::size_t kHeadingWords = 12;

bool is_left_out(pugi::xml_node node) {
  static constexpr std::string_view kNames[] = {"del", "moveFrom", "instrText", "delText", "Fallback", "txbxContent", "pPr", "rPr", "commentReference", "rt"};
  const auto name = local_name(node);
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

void append_text(pugi::xml_node node, std::string& out) {
  for (const auto inner : node.children()) {
    if (is_left_out(inner)) continue;
    const auto name = local_name(inner);
    if (name == "t") {
      out += inner.text().get();
    } else if (name == "tab" || name == "ptab") {
      out += '\t';
    } else if (name == "br" || name == "cr") {
      out += '\n';
    } else if (name == "noBreakHyphen") {
      out += '-';
    } else if (name == "footnoteReference" || name == "endnoteReference") {
      out += "[" + std::string(attribute(inner, "id")) + "]";
    } else {
      append_text(inner, out);
    }
  }
}

// Paragraphs of a cell, and those of tables inside it.
void append_cell(pugi::xml_node node, std::string& out) {
  for (const auto inner : node.children()) {
    if (is(inner, "p")) {
      const auto text = docx_paragraph_text(inner);
      if (!out.empty() && !text.empty()) out += '\n';
      out += text;
    } else if (!is_left_out(inner) && !is(inner, "tcPr")) {
      append_cell(inner, out);
    }
  }
}

void collect_rows(pugi::xml_node table, std::vector<pugi::xml_node>& rows) {
  for (const auto inner : table.children()) {
    if (is(inner, "tr")) {
      rows.push_back(inner);
    } else if (is(inner, "sdt") || is(inner, "sdtContent") || is(inner, "ins")) {
      collect_rows(inner, rows);
    }
  }
}

void collect_cells(pugi::xml_node row, std::vector<pugi::xml_node>& cells) {
  for (const auto inner : row.children()) {
    if (is(inner, "tc")) {
      cells.push_back(inner);
    } else if (is(inner, "sdt") || is(inner, "sdtContent")) {
      collect_cells(inner, cells);
    }
  }
}

Row row_cells(pugi::xml_node row, const Row& above) {
  Row out(std::size_t(std::clamp(number_attribute(child(child(row, "trPr"), "gridBefore"), "val", 0), 0, kSpanMax)));
  std::vector<pugi::xml_node> cells;
  collect_cells(row, cells);
  for (const auto cell : cells) {
    const auto properties = child(cell, "tcPr");
    const auto merge = child(properties, "vMerge");
    const bool continued = merge && attribute(merge, "val") != "restart";
    std::string text;
    if (continued && out.size() < above.size()) {
      text = above[out.size()];
    } else {
      append_cell(cell, text);
    }
    out.push_back(std::move(text));
    const int span = std::clamp(number_attribute(child(properties, "gridSpan"), "val", 1), 1, kSpanMax);
    out.resize(out.size() + std::size_t(span) - 1);
  }
  return out;
}

void collect_boxes(pugi::xml_node node, std::vector<pugi::xml_node>& boxes) {
  for (const auto inner : node.children()) {
    if (is(inner, "txbxContent")) {
      boxes.push_back(inner);
    } else if (!is(inner, "Fallback") && !is(inner, "del")) {
      collect_boxes(inner, boxes);
    }
  }
}

// Every run with text is bold by its own properties.
bool is_bold(pugi::xml_node paragraph) {
  bool any = false;
  for (const auto run : paragraph.children()) {
    if (!is(run, "r") || tidy_line(child(run, "t").text().get()).empty()) continue;
    const auto bold = child(child(run, "rPr"), "b");
    const auto value = attribute(bold, "val");
    if (!bold || value == "0" || value == "false") return false;
    any = true;
  }
  return any;
}

bool is_in_capitals(const std::string& text) {
  bool letters = false;
  for_each_word(text, [&](const std::string& word) { letters = letters || count_characters(word) > 3; });
  return letters && uppercase_unicode(text) == text;
}

}  // namespace

bool looks_like_heading(pugi::xml_node paragraph, const std::string& text) {
  if (count_words(text) > kHeadingWords || text.ends_with('.') || text.ends_with(',') || text.ends_with(';') || text.find('\n') != std::string::npos) return false;
  return is_in_capitals(text) || is_bold(paragraph);
}

std::string docx_paragraph_text(pugi::xml_node paragraph) {
  std::string text;
  append_text(paragraph, text);
  return tidy_lines(text);
}

std::vector<Row> docx_table_rows(pugi::xml_node table) {
  std::vector<pugi::xml_node> nodes;
  collect_rows(table, nodes);
  std::vector<Row> rows;
  for (const auto node : nodes) rows.push_back(row_cells(node, rows.empty() ? Row() : rows.back()));
  return rows;
}

std::vector<pugi::xml_node> docx_text_boxes(pugi::xml_node paragraph) {
  std::vector<pugi::xml_node> boxes;
  collect_boxes(paragraph, boxes);
  return boxes;
}

}  // namespace fragua::documents::extractors
