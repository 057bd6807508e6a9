#include "documents/extractors/office/xml.h"

#include <charconv>

#include "base/strings.h"
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

namespace {

constexpr int kDepthMax = 200;

// Walks without recursion: the depth is what a hostile file plays with.
void check_depth(pugi::xml_node root) {
  int depth = 0;
  auto node = root;
  while (node) {
    if (auto inner = node.first_child()) {
      if (++depth > kDepthMax) throw Failure(FailureCode::too_large, "the document is nested too deeply");
      node = inner;
      continue;
    }
    while (node && node != root && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (!node || node == root) return;
    node = node.next_sibling();
  }
}

}  // namespace

XmlDocument::XmlDocument(std::string bytes) : bytes_(std::move(bytes)), document_(std::make_unique<pugi::xml_document>()) {
  constexpr auto kOptions = pugi::parse_default | pugi::parse_ws_pcdata;
  const auto result = document_->load_buffer_inplace(bytes_.data(), bytes_.size(), kOptions);
  if (!result || !root()) throw Failure(FailureCode::damaged, "the document is damaged: a part of it is not well-formed");
  check_depth(root());
}

std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  const auto colon = whole.find(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
  for (const auto inner : node.children())
    if (is(inner, name)) return inner;
  return {};
}

std::vector<pugi::xml_node> children(pugi::xml_node node, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (const auto inner : node.children())
    if (is(inner, name)) found.push_back(inner);
  return found;
}

std::string_view attribute(pugi::xml_node node, std::string_view name) {
  for (const auto entry : node.attributes())
    if (local_name(entry.name()) == name) return entry.value();
  return "";
}

std::string relation(pugi::xml_node node, std::string_view name) {
  for (const auto entry : node.attributes()) {
    const std::string_view whole(entry.name());
    if (whole.find(':') != std::string_view::npos && local_name(entry.name()) == name) return entry.value();
  }
  return "";
}

int number_attribute(pugi::xml_node node, std::string_view name, int fallback) {
  const auto text = attribute(node, name);
  int number = fallback;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

pugi::xml_node descendant(pugi::xml_node node, std::string_view name) {
  return node.find_node([&](pugi::xml_node inner) { return is(inner, name); });
}

std::string relationships_part(std::string_view part) {
  const auto slash = part.rfind('/');
  const auto folder = slash == std::string_view::npos ? std::string_view() : part.substr(0, slash + 1);
  return std::string(folder) + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
}

std::map<std::string, std::string> relationships(const std::string& xml, std::string_view part, std::string_view type) {
  std::map<std::string, std::string> targets;
  if (xml.empty()) return targets;
  const XmlDocument document(xml);
  for (const auto entry : children(document.root(), "Relationship")) {
    if (attribute(entry, "TargetMode") == "External" || !attribute(entry, "Type").ends_with(type)) continue;
    targets[std::string(attribute(entry, "Id"))] = resolved(part, attribute(entry, "Target"));
  }
  return targets;
}

std::string resolved(std::string_view part, std::string_view reference) {
  std::vector<std::string> steps;
  if (!reference.starts_with('/')) {
    steps = split(part, '/');
    steps.pop_back();
  }
  for (const auto& step : split(reference, '/')) {
    if (step.empty() || step == ".") continue;
    if (step != "..") {
      steps.push_back(step);
    } else if (!steps.empty()) {
      steps.pop_back();
    }
  }
  return join(steps, "/");
}

}  // namespace fragua::documents::extractors
