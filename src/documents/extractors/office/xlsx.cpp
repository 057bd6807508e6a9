#include "documents/extractors/office/xlsx.h"

#include <charconv>
#include <cstdlib>

#include "documents/extractors/office/number_format.h"
#include "documents/extractors/office/package.h"
#include "documents/extractors/office/sheet.h"

namespace fragua::documents::extractors {

namespace {

struct Position {
  std::uint32_t row = 0, column = 0;
};

// "BC12", from zero; nothing for anything else.
std::optional<Position> position(std::string_view reference) {
  Position at;
  std::size_t i = 0;
  for (; i < reference.size() && reference[i] >= 'A' && reference[i] <= 'Z' && i < 4; ++i)
    at.column = at.column * 26 + std::uint32_t(reference[i] - 'A' + 1);
  const auto [end, failed] = std::from_chars(reference.data() + i, reference.data() + reference.size(), at.row);
  if (i == 0 || failed != std::errc() || at.row == 0) return std::nullopt;
  return Position{at.row - 1, at.column - 1};
}

// Texts of a string item: its runs, without phonetic guides.
std::string rich_text(pugi::xml_node item) {
  std::string text;
  for (const auto inner : item.children()) {
    if (is(inner, "t")) text += inner.text().get();
    if (is(inner, "r")) text += child(inner, "t").text().get();
  }
  return text;
}

class Workbook {
 public:
  explicit Workbook(Package& package) : package_(package), main_(package.main_part()) {
    read_strings();
    read_formats();
  }
  const std::string& main() const { return main_; }
  void set_since_1904(bool since) { since_1904_ = since; }

  Sheet read_sheet(const std::string& part) const {
    Sheet sheet;
    const XmlDocument document(package_.read(part));
    std::uint32_t row = 0;
    for (const auto node : children(child(document.root(), "sheetData"), "row")) {
      const int number = number_attribute(node, "r", int(row) + 1);
      row = std::uint32_t(std::max(number, 1)) - 1;
      read_row(node, row, sheet);
      ++row;
    }
    for (const auto merge : children(child(document.root(), "mergeCells"), "mergeCell")) {
      const auto range = attribute(merge, "ref");
      const auto colon = range.find(':');
      if (colon == std::string_view::npos) continue;
      const auto first = position(range.substr(0, colon)), last = position(range.substr(colon + 1));
      if (first && last) sheet.merge_down(first->row, last->row, first->column);
    }
    return sheet;
  }

 private:
  void read_strings() {
    const auto xml = package_.read_if_there(package_.related(main_, "/sharedStrings"));
    if (xml.empty()) return;
    const XmlDocument document(xml);
    for (const auto item : children(document.root(), "si")) strings_.push_back(rich_text(item));
  }

  void read_formats() {
    const auto xml = package_.read_if_there(package_.related(main_, "/styles"));
    if (xml.empty()) return;
    const XmlDocument document(xml);
    std::map<int, std::string> codes;
    for (const auto format : children(child(document.root(), "numFmts"), "numFmt"))
      codes[number_attribute(format, "numFmtId", -1)] = attribute(format, "formatCode");
    for (const auto style : children(child(document.root(), "cellXfs"), "xf")) {
      const int id = number_attribute(style, "numFmtId", 0);
      formats_.push_back(number_kind(id, codes.contains(id) ? codes[id] : ""));
    }
  }

  void read_row(pugi::xml_node node, std::uint32_t row, Sheet& sheet) const {
    std::uint32_t column = 0;
    for (const auto entry : children(node, "c")) {
      const auto at = position(attribute(entry, "r")).value_or(Position{row, column});
      sheet.set(row, at.column, cell(entry));
      column = at.column + 1;
    }
  }

  Cell cell(pugi::xml_node node) const {
    const auto type = attribute(node, "t");
    if (type == "inlineStr") return {rich_text(child(node, "is"))};
    const std::string value = child(node, "v").text().get();
    if (value.empty()) return {};
    if (type == "s") {
      const auto index = std::strtoul(value.c_str(), nullptr, 10);
      return {index < strings_.size() ? strings_[index] : ""};
    }
    if (type == "b") return {value == "0" ? "FALSE" : "TRUE"};
    if (type == "str" || type == "e" || type == "d") return {value};
    double number = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (failed != std::errc() || end != value.data() + value.size()) return {value};
    const auto style = std::size_t(std::max(number_attribute(node, "s", 0), 0));
    return {shown_number(number, style < formats_.size() ? formats_[style] : NumberKind::number, since_1904_), true};
  }

  Package& package_;
  std::string main_;
  bool since_1904_ = false;
  std::vector<std::string> strings_;
  std::vector<NumberKind> formats_;  // by cell style
};

// Excel lists hidden sheets among the others; whoever gets a figure from one should know where to look for it.
std::string label_of(pugi::xml_node sheet) {
  const auto name = std::string(attribute(sheet, "name"));
  const auto state = attribute(sheet, "state");
  return state == "hidden" || state == "veryHidden" ? name + " (hidden)" : name;
}

}  // namespace

void XlsxExtractor::extract(const Request& request, Output& output) {
  Package package(request.file);
  Workbook workbook(package);
  const XmlDocument document(package.read(workbook.main()));
  const auto since = attribute(child(document.root(), "workbookPr"), "date1904");
  workbook.set_since_1904(since == "1" || since == "true");
  const auto parts = package.relationships_of(workbook.main(), "/worksheet");  // chart sheets and dialogues have others
  const auto sheets = children(child(document.root(), "sheets"), "sheet");
  if (sheets.size() > std::size_t(request.pages_max)) throw Failure(FailureCode::too_large, "the workbook has too many sheets");
  output.document({"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", package.title(), int(sheets.size())});
  int page = 0;
  for (const auto node : sheets) {
    output.page({++page, label_of(node)});
    const auto part = parts.find(relation(node));
    if (part != parts.end() && package.has(part->second)) workbook.read_sheet(part->second).tell(page, output);
  }
}

}  // namespace fragua::documents::extractors
