#include "documents/extractors/office/docx_styles.h"

#include <algorithm>

#include "base/strings.h"
#include "documents/extractors/office/xml.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kChainMax = 10;  // styles based on styles; a circle must end

// The names of the built-in styles are English in every language's files; the ids are not.
int heading_of_name(const std::string& name) {
  if (name == "title") return 1;
  if (name == "subtitle") return 2;
  if (name.starts_with("heading ") && name.size() == 9 && name[8] >= '1' && name[8] <= '9') return std::min(name[8] - '0', 6);
  return 0;
}

DocxStyle own_facts(pugi::xml_node node) {
  DocxStyle style;
  const auto name = lowercase(attribute(child(node, "name"), "val"));
  const auto properties = child(node, "pPr");
  style.heading = heading_of_name(name);
  const int outline = number_attribute(child(properties, "outlineLvl"), "val", -1);
  if (style.heading == 0 && outline >= 0 && outline < 6) style.heading = outline + 1;
  const auto numbering = child(properties, "numPr");
  style.list = attribute(child(numbering, "numId"), "val");
  style.list_level = number_attribute(child(numbering, "ilvl"), "val", 0);
  style.code = name.find("code") != std::string::npos || name.find("preformatted") != std::string::npos || name == "macro text";
  return style;
}

}  // namespace

DocxStyles::DocxStyles(const std::string& xml) {
  if (xml.empty()) return;
  const XmlDocument document(xml);
  std::map<std::string, std::string> parents;
  for (const auto node : children(document.root(), "style")) {
    if (attribute(node, "type") != "paragraph") continue;
    const std::string id(attribute(node, "styleId"));
    styles_[id] = own_facts(node);
    parents[id] = attribute(child(node, "basedOn"), "val");
  }
  const auto own = styles_;
  for (auto& [id, style] : styles_) {
    auto parent = parents[id];
    for (int step = 0; step < kChainMax && own.contains(parent); ++step, parent = parents[parent]) {
      const auto& base = own.at(parent);
      if (style.heading == 0) style.heading = base.heading;
      if (style.list.empty()) style.list = base.list;
      style.code = style.code || base.code;
    }
  }
}

DocxStyle DocxStyles::find(const std::string& id) const {
  const auto found = styles_.find(id);
  return found == styles_.end() ? DocxStyle() : found->second;
}

}  // namespace fragua::documents::extractors
