#include "documents/extractors/office/package.h"

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

std::string Package::main_part() {
  const auto part = related("", "/officeDocument");
  if (part.empty() || !has(part)) throw Failure(FailureCode::damaged, "the document is damaged: its main part is missing");
  return part;
}

std::string Package::title() {
  const auto xml = read_if_there("docProps/core.xml");
  if (xml.empty()) return "";
  const XmlDocument document(xml);
  return tidy_line(child(document.root(), "title").text().get());
}

std::map<std::string, std::string> Package::relationships_of(const std::string& part, std::string_view type) {
  return relationships(read_if_there(relationships_part(part)), part, type);
}

std::vector<std::string> Package::all_related(const std::string& part, std::string_view type) {
  std::vector<std::string> found;
  const auto xml = read_if_there(relationships_part(part));
  if (xml.empty()) return found;
  const XmlDocument document(xml);
  for (const auto entry : children(document.root(), "Relationship"))
    if (attribute(entry, "Type").ends_with(type) && attribute(entry, "TargetMode") != "External")
      found.push_back(resolved(part, attribute(entry, "Target")));
  return found;
}

std::string Package::related(const std::string& part, std::string_view type) {
  const auto found = all_related(part, type);
  return found.empty() ? "" : found.front();
}

}  // namespace fragua::documents::extractors
