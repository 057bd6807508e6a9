#include "documents/extractors/office/pptx.h"

#include <algorithm>

#include "base/strings.h"
#include "documents/extractors/block_joiner.h"
#include "documents/extractors/office/package.h"
#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

enum class Role { title, subtitle, body, other, left_out };

struct Shape {
  pugi::xml_node node;
  Role role = Role::other;
  long top = 0, left = 0;
};

Role role_of(pugi::xml_node shape) {
  const auto placeholder = descendant(child(shape, "nvSpPr"), "ph");
  if (!placeholder) return Role::other;
  const auto type = attribute(placeholder, "type");
  if (type == "title" || type == "ctrTitle") return Role::title;
  if (type == "subTitle") return Role::subtitle;
  if (type == "sldNum" || type == "dt" || type == "ftr" || type == "hdr" || type == "sldImg") return Role::left_out;
  return Role::body;
}

std::string paragraph_text(pugi::xml_node paragraph) {
  std::string text;
  for (const auto inner : paragraph.children()) {
    if (is(inner, "r") || is(inner, "fld")) text += child(inner, "t").text().get();
    if (is(inner, "br")) text += '\n';
  }
  return tidy_lines(text);
}

std::string body_text(pugi::xml_node body) {
  std::string text;
  for (const auto paragraph : children(body, "p")) {
    const auto line = paragraph_text(paragraph);
    if (!line.empty()) text += (text.empty() ? "" : "\n") + line;
  }
  return text;
}

void collect(pugi::xml_node tree, std::vector<Shape>& shapes) {
  for (const auto node : tree.children()) {
    if (is(node, "grpSp")) {
      collect(node, shapes);
    } else if (is(node, "AlternateContent")) {
      collect(child(node, "Choice"), shapes);
    } else if (is(node, "sp") || is(node, "graphicFrame")) {
      const auto place = descendant(node, "off");
      shapes.push_back({node, role_of(node), number_attribute(place, "y", 0), number_attribute(place, "x", 0)});
    }
  }
}

class SlideTeller {
 public:
  SlideTeller(Output& output, int page) : joiner_(output, page) {}

  void tell(pugi::xml_node slide) {
    std::vector<Shape> shapes;
    collect(child(child(slide, "cSld"), "spTree"), shapes);
    std::stable_sort(shapes.begin(), shapes.end(), [](const Shape& a, const Shape& b) {
      const auto rank = [](const Shape& shape) { return shape.role == Role::title ? 0 : shape.role == Role::subtitle ? 1 : 2; };
      return std::tuple(rank(a), a.top, a.left) < std::tuple(rank(b), b.top, b.left);
    });
    for (const auto& shape : shapes) tell_shape(shape);
    joiner_.flush();
  }

  void tell_notes(pugi::xml_node notes) {
    std::vector<Shape> shapes;
    collect(child(child(notes, "cSld"), "spTree"), shapes);
    for (const auto& shape : shapes)
      if (shape.role == Role::body) joiner_.paragraph(body_text(child(shape.node, "txBody")));
    joiner_.flush();
  }

 private:
  void tell_shape(const Shape& shape) {
    const auto body = child(shape.node, "txBody");
    if (is(shape.node, "graphicFrame")) {
      if (const auto table = descendant(shape.node, "tbl")) tell_table_rows(table);
    } else if (shape.role == Role::title || shape.role == Role::subtitle) {
      joiner_.heading(shape.role == Role::title ? 1 : 2, body_text(body));
    } else if (shape.role != Role::left_out) {
      tell_paragraphs(body, shape.role == Role::body);
    }
  }

  // The paragraphs of a slide's body are list items unless they say otherwise; elsewhere only those with a bullet of their own.
  void tell_paragraphs(pugi::xml_node body, bool is_list) {
    const auto paragraphs = children(body, "p");
    int number = 0;
    for (const auto paragraph : paragraphs) {
      const auto properties = child(paragraph, "pPr");
      const bool numbered = bool(child(properties, "buAutoNum"));
      const bool item = numbered || child(properties, "buChar") || (is_list && paragraphs.size() > 1 && !child(properties, "buNone"));
      const auto text = paragraph_text(paragraph);
      number = numbered ? number + 1 : 0;
      if (item) {
        joiner_.item(text, numbered ? std::to_string(number) + "." : "", number_attribute(properties, "lvl", 0));
      } else {
        joiner_.paragraph(text);
      }
    }
    joiner_.flush();
  }

  void tell_table_rows(pugi::xml_node table) {
    std::vector<Row> rows;
    for (const auto row : children(table, "tr")) {
      Row cells;
      for (const auto cell : children(row, "tc")) {
        const bool continued = attribute(cell, "vMerge") == "1" || attribute(cell, "vMerge") == "true";
        const bool from_above = continued && !rows.empty() && cells.size() < rows.back().size();
        cells.push_back(from_above ? rows.back()[cells.size()] : body_text(child(cell, "txBody")));
      }
      rows.push_back(std::move(cells));
    }
    joiner_.table(std::move(rows));
  }

  BlockJoiner joiner_;
};

}  // namespace

void PptxExtractor::extract(const Request& request, Output& output) {
  Package package(request.file);
  const auto main = package.main_part();
  const XmlDocument document(package.read(main));
  const auto parts = package.relationships_of(main);
  const auto slides = children(child(document.root(), "sldIdLst"), "sldId");
  if (slides.size() > std::size_t(request.pages_max)) throw Failure(FailureCode::too_large, "the presentation has too many slides");
  output.document({"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", package.title(), int(slides.size())});
  int page = 0;
  for (const auto slide : slides) {
    output.page({++page});
    const auto part = parts.find(relation(slide));
    if (part == parts.end() || !package.has(part->second)) continue;
    SlideTeller teller(output, page);
    const XmlDocument content(package.read(part->second));
    teller.tell(content.root());
    const auto notes = package.related(part->second, "/notesSlide");
    if (notes.empty() || !package.has(notes)) continue;
    const XmlDocument spoken(package.read(notes));
    teller.tell_notes(spoken.root());
  }
}

}  // namespace fragua::documents::extractors
