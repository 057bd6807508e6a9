#include "documents/extractors/office/docx.h"

#include <algorithm>
#include <set>

#include "documents/extractors/block_joiner.h"
#include "documents/extractors/office/docx_numbering.h"
#include "documents/extractors/office/docx_styles.h"
#include "documents/extractors/office/docx_text.h"
#include "documents/extractors/office/package.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kHeadingByForm = 3;
constexpr std::size_t kHeadingMaxBytes = 400;  // a whole paragraph in a heading's style is none

class Story {
 public:
  Story(DocxStyles styles, DocxNumbering numbering, Output& output)
      : styles_(std::move(styles)), numbering_(std::move(numbering)), joiner_(output) {}

  void tell(pugi::xml_node container) {
    for (const auto node : container.children()) {
      const auto name = local_name(node);
      if (name == "p") {
        tell_paragraph(node);
      } else if (name == "tbl") {
        tell_rows(docx_table_rows(node));
      } else if (name == "sdt" || name == "sdtContent" || name == "ins" || name == "customXml" || name == "moveTo") {
        tell(node);
      }
    }
  }
  void flush() { joiner_.flush(); }

  // As the text refers to it.
  void tell_note(pugi::xml_node note) {
    std::string text;
    for (const auto paragraph : children(note, "p")) text += (text.empty() ? "" : "\n") + docx_paragraph_text(paragraph);
    if (!text.empty()) joiner_.paragraph("[" + std::string(attribute(note, "id")) + "] " + text);
  }

  // Headers and footers: every text once, whatever page they stand on.
  void tell_once(pugi::xml_node container) {
    for (const auto node : container.children()) {
      if (is(node, "p")) {
        const auto text = docx_paragraph_text(node);
        if (told_.insert(text).second) joiner_.paragraph(text);
        for (const auto box : docx_text_boxes(node)) tell_once(box);
      } else if (is(node, "tbl")) {
        const auto rows = docx_table_rows(node);
        std::string key;
        for (const auto& row : rows)
          for (const auto& cell : row) key += cell + "|";
        if (told_.insert(key).second) tell_rows(rows);
      } else if (is(node, "sdt") || is(node, "sdtContent")) {
        tell_once(node);
      }
    }
  }

 private:
  void tell_paragraph(pugi::xml_node node) {
    const auto properties = child(node, "pPr");
    const auto style = styles_.find(std::string(attribute(child(properties, "pStyle"), "val")));
    const auto text = docx_paragraph_text(node);
    if (!text.empty()) tell_text(text, style, node);
    for (const auto box : docx_text_boxes(node)) tell(box);
  }

  void tell_text(const std::string& text, const DocxStyle& style, pugi::xml_node paragraph) {
    const auto properties = child(paragraph, "pPr");
    const auto numbering = child(properties, "numPr");
    auto list = std::string(attribute(child(numbering, "numId"), "val"));
    if (!numbering) list = style.list;
    const int depth = number_attribute(child(numbering, "ilvl"), "val", style.list_level);
    const auto marker = list.empty() || list == "0" ? std::string() : numbering_.next(list, depth);
    const int outline = number_attribute(child(properties, "outlineLvl"), "val", -1);
    const int level = style.heading == 0 && outline >= 0 && outline < 6 ? outline + 1 : style.heading;
    if (level > 0 && text.size() <= kHeadingMaxBytes) {
      joiner_.heading(level, marker.empty() || marker == "•" ? text : marker + " " + text);
    } else if (!list.empty() && list != "0") {
      joiner_.item(text, marker, depth);
    } else if (style.code) {
      joiner_.code(text);
    } else if (looks_like_heading(paragraph, text)) {
      joiner_.heading(kHeadingByForm, text);
    } else {
      joiner_.paragraph(text);
    }
  }

  void tell_rows(std::vector<Row> rows) { joiner_.table(std::move(rows)); }

  DocxStyles styles_;
  DocxNumbering numbering_;
  BlockJoiner joiner_;
  std::set<std::string> told_{""};
};

void tell_parts(Package& package, Story& story, const std::vector<std::string>& parts) {
  for (const auto& part : parts) {
    const auto xml = package.read_if_there(part);
    if (xml.empty()) continue;
    const XmlDocument document(xml);
    story.tell_once(document.root());
  }
}

void tell_notes(Package& package, Story& story, const std::string& part) {
  const auto xml = package.read_if_there(part);
  if (xml.empty()) return;
  const XmlDocument document(xml);
  for (const auto note : document.root().children()) {
    if (!attribute(note, "type").empty()) continue;  // separators
    story.tell_note(note);
  }
}

}  // namespace

void DocxExtractor::extract(const Request& request, Output& output) {
  Package package(request.file);
  const auto main = package.main_part();
  const XmlDocument document(package.read(main));
  output.document({"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", package.title()});
  Story story(DocxStyles(package.read_if_there(package.related(main, "/styles"))),
              DocxNumbering(package.read_if_there(package.related(main, "/numbering"))), output);
  tell_parts(package, story, package.all_related(main, "/header"));
  story.tell(child(document.root(), "body"));
  tell_notes(package, story, package.related(main, "/footnotes"));
  tell_notes(package, story, package.related(main, "/endnotes"));
  tell_parts(package, story, package.all_related(main, "/footer"));
  story.flush();
}

}  // namespace fragua::documents::extractors
