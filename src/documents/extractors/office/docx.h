// Word documents (DOCX): headings by style, lists with their numbers, tables, text boxes, foot- and endnotes; headers before the text and
// footers after it, each text once. Callers: registry. Threads: one. There are no pages: Word makes them when it prints.
#pragma once
#include "documents/extractors/extractor.h"

namespace fragua::documents::extractors {

class DocxExtractor : public Extractor {
 public:
  void extract(const Request& request, Output& output) override;
};

}  // namespace fragua::documents::extractors
