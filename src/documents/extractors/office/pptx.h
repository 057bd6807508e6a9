// PowerPoint presentations (PPTX): every slide is a page; its title a heading, text by place from top to bottom, tables, and the speaker's
// notes last. Callers: registry. Threads: one.
#pragma once
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

class PptxExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

}  // namespace fragua::documents::extractors
