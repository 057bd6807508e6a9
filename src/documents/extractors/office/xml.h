// XML of office documents: parsed without entities or DTDs, elements found by their local name whatever the prefix. Callers: office/.
// Threads: any. Failure(damaged): no XML; Failure(too_large): nested deeper than any writer nests.
#pragma once
#include <map>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace fragua::documents::extractors {

class XmlDocument {
 public:
  explicit XmlDocument(std::string bytes);
  XmlDocument(const XmlDocument&) = delete;
  XmlDocument& operator=(const XmlDocument&) = delete;
  pugi::xml_node root() const { return document_->document_element(); }

 private:
  std::string bytes_;  // the tree points into it
  std::unique_ptr<pugi::xml_document> document_;
};

std::string_view local_name(const char* name);
inline std::string_view local_name(pugi::xml_node node) { return local_name(node.name()); }
inline bool is(pugi::xml_node node, std::string_view name) { return local_name(node) == name; }
pugi::xml_node child(pugi::xml_node node, std::string_view name);  // the first, or a null node
std::vector<pugi::xml_node> children(pugi::xml_node node, std::string_view name);
// "" where it is missing.
std::string_view attribute(pugi::xml_node node, std::string_view name);
// r:id and its like: a prefix tells it from the element's own id.
std::string relation(pugi::xml_node node, std::string_view name = "id");
int number_attribute(pugi::xml_node node, std::string_view name, int fallback);
// The first element of that name at any depth.
pugi::xml_node descendant(pugi::xml_node node, std::string_view name);

// Relationship id -> the part's name in the archive, from the .rels file that belongs to `part`. External targets are left out,
// and so are those whose type does not end with `type`.
std::string relationships_part(std::string_view part);
std::map<std::string, std::string> relationships(const std::string& xml, std::string_view part, std::string_view type = "");
// A relative reference inside an archive, from the part that holds it. Never leaves the archive's root.
std::string resolved(std::string_view part, std::string_view reference);

}  // namespace fragua::documents::extractors
