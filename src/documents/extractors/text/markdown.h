// Markdown split into its blocks: headings, paragraphs, lists, tables, fenced and indented code. What stands inside a line is left as it was
// written; comments and front matter are left out. Callers: registry. Threads: one.
#pragma once
#include <string_view>

#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

class MarkdownExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

void tell_markdown(std::string_view text, Output& output);

}  // namespace fragua::documents::extractors
