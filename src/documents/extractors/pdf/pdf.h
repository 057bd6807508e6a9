// PDF: the text layer with its places, in reading order; pages without one are drawn and read by OCR. Callers: registry. Threads: one.
// Headers and footers that repeat are left out of the blocks, but not of a page's words.
#pragma once
#include "documents/extractors/extractor.h"
#include "documents/extractors/sandbox/tools.h"

namespace fragua::documents::extractors {

class PdfExtractor : public Extractor {
 public:
  explicit PdfExtractor(const Tools& tools) : tools_(tools) {}
  void extract(const Request& request, Output& output) override;

 private:
  const Tools& tools_;
};

}  // namespace fragua::documents::extractors
