#include "documents/extractors/pdf/bbox_reader.h"

#include <pugixml.hpp>

#include "documents/extractors/text/unicode.h"

namespace fragua::documents::extractors {

namespace {

constexpr std::size_t kPageMaxBytes = 96 << 20;
constexpr std::string_view kEnd = "</page>";

Box box_of(pugi::xml_node node) {
  return {node.attribute("xMin").as_double(), node.attribute("yMin").as_double(), node.attribute("xMax").as_double(), node.attribute("yMax").as_double()};
}

void read_line(pugi::xml_node node, int group, PageLines& page) {
  TextLine line;
  line.group = group;
  for (const auto word : node.children("word")) {
    auto text = std::string(word.text().get());
    // A soft hyphen at the end says that the word goes on; tidy_line would drop it.
    const bool hyphen = text.ends_with("\xC2\xAD");
    text = tidy_line(text);
    if (!text.empty()) line.words.push_back({text + (hyphen ? "\xC2\xAD" : ""), box_of(word)});
  }
  if (line.words.empty()) return;
  measure(line);
  page.lines.push_back(std::move(line));
}

PageLines read_page(std::string xml) {
  PageLines page;
  pugi::xml_document document;
  // What is not well-formed ends the page early: half a page is better than none.
  document.load_buffer_inplace(xml.data(), xml.size(), pugi::parse_minimal | pugi::parse_escapes, pugi::encoding_utf8);
  const auto root = document.child("page");
  page.width = root.attribute("width").as_double();
  page.height = root.attribute("height").as_double();
  int group = 0;
  for (const auto flow : root.children("flow"))
    for (const auto block : flow.children("block")) {
      ++group;
      for (const auto line : block.children("line")) read_line(line, group, page);
    }
  return page;
}

}  // namespace

void BboxReader::feed(std::string_view bytes) {
  pending_ += bytes;
  while (true) {
    const auto end = pending_.find(kEnd, searched_);
    if (end == std::string::npos) break;
    const auto begin = pending_.find("<page ");
    if (begin != std::string::npos && begin < end) on_page_(read_page(pending_.substr(begin, end + kEnd.size() - begin)));
    pending_.erase(0, end + kEnd.size());
    searched_ = 0;
  }
  searched_ = pending_.size() > kEnd.size() ? pending_.size() - kEnd.size() : 0;
  if (pending_.size() > kPageMaxBytes) throw Failure(FailureCode::too_large, "a page holds more text than a page can");
}

}  // namespace fragua::documents::extractors
