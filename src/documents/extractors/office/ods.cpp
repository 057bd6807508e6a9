#include "documents/extractors/office/ods.h"

#include <algorithm>
#include <cstdlib>

#include "documents/extractors/office/number_format.h"
#include "documents/extractors/office/odf_text.h"
#include "documents/extractors/office/sheet.h"
#include "documents/extractors/office/xml.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kRepeatedTextMax = 1'000;  // copies of one cell or row with text

// "2024-03-01T00:00:00" without the time of midnight.
std::string date_text(std::string_view value) {
  std::string text(value.substr(0, 19));
  if (text.ends_with("T00:00:00")) text.resize(10);
  std::replace(text.begin(), text.end(), 'T', ' ');
  return text;
}

Cell cell_of(pugi::xml_node node) {
  const auto type = attribute(node, "value-type");
  const std::string value(attribute(node, "value"));
  if (type == "float" || type == "currency") return {shown_number(std::strtod(value.c_str(), nullptr), NumberKind::number), true};
  if (type == "percentage") return {shown_number(std::strtod(value.c_str(), nullptr), NumberKind::percent), true};
  if (type == "date") return {date_text(attribute(node, "date-value")), true};
  return {odf_paragraph_text(node), type == "time"};
}

std::uint32_t repeats(pugi::xml_node node, std::string_view name) {
  return std::uint32_t(std::clamp(number_attribute(node, name, 1), 1, int(Sheet::kRowsMax)));
}

void read_row(pugi::xml_node node, std::uint32_t row, Sheet& sheet) {
  std::uint32_t column = 0;
  for (const auto entry : node.children()) {
    if (!is(entry, "table-cell") && !is(entry, "covered-table-cell")) continue;
    const auto repeated = repeats(entry, "number-columns-repeated");
    if (const auto cell = cell_of(entry); !cell.text.empty()) {
      for (std::uint32_t i = 0; i < std::min(repeated, std::uint32_t(kRepeatedTextMax)); ++i) sheet.set(row, column + i, cell);
    }
    column += repeated;
    if (column >= Sheet::kColumnsMax) return;
  }
}

struct Merge {
  std::uint32_t first_row, last_row, column;
};

void collect_merges(pugi::xml_node node, std::uint32_t row, std::vector<Merge>& merges) {
  std::uint32_t column = 0;
  for (const auto entry : node.children()) {
    if (!is(entry, "table-cell") && !is(entry, "covered-table-cell")) continue;
    const auto rows = repeats(entry, "number-rows-spanned");
    if (rows > 1) merges.push_back({row, row + rows - 1, column});
    column += repeats(entry, "number-columns-repeated");
    if (column >= Sheet::kColumnsMax) return;
  }
}

struct Reading {
  Sheet sheet;
  std::vector<Merge> merges;
  std::uint32_t row = 0;
};

void read_rows(pugi::xml_node node, Reading& reading) {
  for (const auto inner : node.children()) {
    if (is(inner, "table-header-rows") || is(inner, "table-rows") || is(inner, "table-row-group")) read_rows(inner, reading);
    if (!is(inner, "table-row") || reading.row >= Sheet::kRowsMax) continue;
    const auto repeated = repeats(inner, "number-rows-repeated");
    // Millions of repeated rows are the empty rest of a sheet.
    const auto copies = repeated > kRepeatedTextMax ? 1u : repeated;
    for (std::uint32_t i = 0; i < copies; ++i) read_row(inner, reading.row + i, reading.sheet);
    collect_merges(inner, reading.row, reading.merges);
    reading.row += repeated;
  }
}

}  // namespace

void tell_ods_sheets(pugi::xml_node body, Output& output) {
  int page = 0;
  for (const auto table : children(body, "table")) {
    output.page({++page, std::string(attribute(table, "name"))});
    Reading reading;
    read_rows(table, reading);
    for (const auto& merge : reading.merges) reading.sheet.merge_down(merge.first_row, merge.last_row, merge.column);
    reading.sheet.tell(page, output);
  }
}

}  // namespace fragua::documents::extractors
