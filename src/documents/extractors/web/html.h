// HTML as blocks: headings, paragraphs, lists, tables, code. Scripts, styles, navigation, forms' controls and what is hidden are left out;
// links are followed by nobody and pictures are not loaded. Callers: registry, office/epub, web/mail. Threads: one.
#pragma once
#include <string>

#include "documents/extractors/block_joiner.h"
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

class HtmlExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

// From UTF-8. The page's title is given back.
std::string tell_html(const std::string& html, BlockJoiner& joiner);
// The encoding that a page's meta element names; "" for none.
std::string declared_charset(std::string_view bytes);

}  // namespace fragua::documents::extractors
